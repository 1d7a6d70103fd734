using System.Globalization;
using System.Text.Json;

namespace MlOps.Statistics.Tests.Golden.Tests;

/// <summary>Two-sample tests, tests on counts, associations and distances against SciPy and exact arithmetic; made by make_golden.py.</summary>
public sealed class TestsGoldenTests
{
    private static readonly JsonElement s_golden = GoldenFile.Read("Tests/tests.json");

    [Fact]
    public void Two_sample_tests_agree()
    {
        foreach (var row in s_golden.GetProperty("samples").EnumerateArray())
        {
            var draws = new Draws((ulong)row.GetProperty("seed").GetInt32());
            var kind = row.GetProperty("kind").GetString()!;
            var shift = row.GetProperty("shift").GetDouble();
            var x = Values(row.GetProperty("n").GetInt32(), () => Shape(draws.Uniform() + draws.Uniform(), kind));
            var y = Values(row.GetProperty("m").GetInt32(), () => Shape(((draws.Uniform() + draws.Uniform()) * 1.1) + shift, kind));
            Agree(row, "student", StudentT.Test(x, y));
            Agree(row, "welch", WelchT.Test(x, y));

            // SciPy inverts the covariance in double precision, so it has its condition number in the last digits, not we.
            Agree(row, "eppsSingleton", EppsSingleton.Test(x, y), 1e-11);
            AgreeWithinScipysCap(row, "andersonMidrank", AndersonDarling.Test(x, y));
            AgreeWithinScipysCap(row, "andersonRight", AndersonDarling.Test(x, y, midrank: false));
            if (row.TryGetProperty("andersonThree", out _))
            {
                var z = Values(40, () => Shape(draws.Uniform() * 2, kind));
                AgreeWithinScipysCap(row, "andersonThree", AndersonDarling.Test([x, y, z]));
            }
        }
    }

    [Fact]
    public void Correlations_agree()
    {
        foreach (var row in s_golden.GetProperty("pairs").EnumerateArray())
        {
            var draws = new Draws((ulong)row.GetProperty("seed").GetInt32());
            var kind = row.GetProperty("kind").GetString()!;
            var weight = row.GetProperty("weight").GetDouble();
            double[] x = new double[row.GetProperty("n").GetInt32()], y = new double[x.Length];
            for (var i = 0; i < x.Length; i++)
            {
                double u = draws.Uniform(), v = draws.Uniform();
                x[i] = Shape(u, kind);
                y[i] = Shape((weight * u) + v, kind);
            }

            Agree(row, "pearson", Pearson.Test(x, y));
            Agree(row, "spearman", Spearman.Test(x, y));
            Agree(row, "kendall", KendallTau.Test(x, y));
        }
    }

    [Fact]
    public void Tests_associations_and_distances_of_counts_agree()
    {
        foreach (var row in s_golden.GetProperty("tables").EnumerateArray())
        {
            long[][] rows = [.. row.GetProperty("table").EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetInt64()).ToArray())];
            long[] table = [.. rows.SelectMany(r => r)];
            var columns = rows[0].Length;
            Agree(row, "chiSquared", ChiSquared.Independence(table, columns));
            Agree(row, "yates", ChiSquared.Independence(table, columns, yates: true));
            Agree(row, "g", GTest.Independence(table, columns));
            Agree(row, "gYates", GTest.Independence(table, columns, yates: true));
            Agree(row, "cramersV", CramersV.Test(table, columns).Statistic);
            Agree(row, "cramersVCorrected", CramersV.Test(table, columns, biasCorrected: true).Statistic);
            Agree(row, "mutualInformation", MutualInformation.Test(table, columns).Statistic);
            if (rows.Length != 2)
            {
                continue;
            }

            long[] a = rows[0], b = rows[1];
            Agree(row, "chiSquared", ChiSquared.Homogeneity(a, b));
            Agree(row, "gYates", GTest.Homogeneity(a, b, yates: true));
            var distances = row.GetProperty("distances");
            Close(distances[0], KullbackLeibler.Between(a, b), 1e-11, row);
            Close(distances[1], JensenShannon.DivergenceBetween(a, b, LogarithmBase.E), 1e-11, row);
            Close(distances[2], Hellinger.Between(a, b), 1e-11, row);
            Close(distances[3], TotalVariation.Between(a, b), 1e-11, row);
            Close(distances[4], LInfinity.Between(a, b), 1e-11, row);
            if (columns == 2)
            {
                if (row.TryGetProperty("fisher", out var fisher))
                {
                    CloseLog(fisher, FisherExact.Test(a[0], a[0] + a[1], b[0], b[0] + b[1]).LogPValue, row);
                }

                Agree(row, "z", TwoProportionZ.Test(a[0], a[0] + a[1], b[0], b[0] + b[1]));
            }
        }
    }

    private static double[] Values(int count, Func<double> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];

    private static double Shape(double value, string kind) => kind switch
    {
        "plain" => value,
        "ties" => Math.Floor(value * 10),
        "tiny" => value * 1e-150,
        "huge" => value * 1e150,
        "offset" => value + 1e9,
        "denormal" => Math.Floor(value * 1000) * double.Epsilon,
        "constant" => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static void Agree(JsonElement row, string name, ChiSquaredResult found)
    {
        Agree(row, name, new TestResult(found.Statistic, found.PValue) { LogPValue = found.LogPValue });
        if (row.TryGetProperty(name, out var expected))
        {
            Assert.Equal(expected[2].GetInt32(), found.DegreesOfFreedom);
        }
    }

    private static void Agree(JsonElement row, string name, double found)
    {
        if (row.TryGetProperty(name, out var expected))
        {
            Close(expected, found, 1e-12, row);
        }
    }

    private static void Agree(JsonElement row, string name, TestResult found, double tolerance = 1e-12)
    {
        if (!row.TryGetProperty(name, out var expected))
        {
            return;
        }

        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Equal(1, found.PValue);
            return;
        }

        Close(expected[0], found.Statistic, tolerance, row);
        if (expected[1].ValueKind != JsonValueKind.Null)
        {
            CloseLog(expected[1], found.LogPValue, row, Math.Max(1e-9, tolerance * 1000));
        }
    }

    private static void AgreeWithinScipysCap(JsonElement row, string name, TestResult found)
    {
        if (!row.TryGetProperty(name, out var expected))
        {
            return;
        }

        Close(expected[0], found.Statistic, 1e-12, row);
        var log = expected[1].GetDouble();
        if (log == Math.Log(0.25))
        {
            Assert.InRange(found.PValue, 0.24, 1);
        }
        else if (log == Math.Log(0.001))
        {
            Assert.InRange(found.PValue, 0, 0.00105);
            Assert.True(double.IsFinite(found.LogPValue));
        }
        else
        {
            CloseLog(expected[1], found.LogPValue, row);
        }
    }

    private static void CloseLog(JsonElement expected, double found, JsonElement row, double tolerance = 1e-9)
    {
        var log = Number(expected);
        Assert.True(
            log == found || Math.Abs(log - found) <= tolerance * Math.Max(1, Math.Abs(log) / 700), $"expected log p {log:R}, found {found:R} in {row}");
    }

    private static void Close(JsonElement expected, double found, double tolerance, JsonElement row)
    {
        var value = Number(expected);
        Assert.True(
            value == found || Math.Abs(value - found) <= (tolerance * Math.Abs(value)) + 1e-15, $"expected {value:R}, found {found:R} in {row}");
    }

    private static double Number(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? double.Parse(element.GetString()!.Replace("inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture)
        : element.GetDouble();
}
