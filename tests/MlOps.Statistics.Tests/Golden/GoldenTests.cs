using System.Text.Json;

namespace MlOps.Statistics.Tests.Golden;

/// <summary>The answers of SciPy 1.10.1, made by make_golden.py.</summary>
public sealed class GoldenTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "golden.json"))).RootElement;

    [Fact]
    public void Two_sample_tests_and_the_wasserstein_distance_agree_with_scipy()
    {
        foreach (var row in Golden.GetProperty("samples").EnumerateArray())
        {
            var draws = new Draws((ulong)row.GetProperty("seed").GetInt32());
            var ties = row.GetProperty("ties").GetBoolean();
            var x = Values(draws, row.GetProperty("n").GetInt32(), 1.0, 0.0, ties);
            var y = Values(draws, row.GetProperty("m").GetInt32(), 1.1, row.GetProperty("shift").GetDouble(), ties);
            Agree(row, "ks", KolmogorovSmirnov.Test(x, y));
            Agree(row, "mannWhitney", MannWhitney.Test(x, y, PValueMethod.Asymptotic, continuityCorrection: true));
            Agree(row, "welch", WelchT.Test(x, y));
            Close(row.GetProperty("wasserstein").GetDouble(), Wasserstein.Between(x, y), row);
        }
    }

    [Fact]
    public void Tests_on_counts_agree_with_scipy()
    {
        foreach (var row in Golden.GetProperty("tables").EnumerateArray())
        {
            long[] x = [.. row.GetProperty("reference").EnumerateArray().Select(v => v.GetInt64())];
            long[] y = [.. row.GetProperty("current").EnumerateArray().Select(v => v.GetInt64())];
            var plain = ChiSquared.Homogeneity(x, y);
            var yates = ChiSquared.Homogeneity(x, y, yates: true);
            Agree(row, "plain", new TestResult(plain.Statistic, plain.PValue));
            Agree(row, "yates", new TestResult(yates.Statistic, yates.PValue));
            if (x.Length == 2)
            {
                Close(row.GetProperty("fisher").GetDouble(), FisherExact.Test(x[0], x[0] + x[1], y[0], y[0] + y[1]).PValue, row);
                var z = TwoProportionZ.Test(x[0], x[0] + x[1], y[0], y[0] + y[1]);
                Close(plain.Statistic, z.Statistic * z.Statistic, row);
            }
        }
    }

    private static double[] Values(Draws draws, int count, double scale, double shift, bool ties)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            var value = (draws.Uniform() * scale) + shift;
            values[i] = ties ? Math.Floor(value * 10) : value;
        }

        return values;
    }

    private static void Agree(JsonElement row, string name, TestResult found)
    {
        var expected = row.GetProperty(name);
        Close(expected[0].GetDouble(), found.Statistic, row);
        Close(expected[1].GetDouble(), found.PValue, row);
    }

    private static void Close(double expected, double found, JsonElement row) => Assert.True(
        Math.Abs(expected - found) <= (1e-8 * Math.Abs(expected)) + 1e-14, $"expected {expected}, found {found} in {row}");
}
