using System.Text.Json;
using MlOps.Statistics.Special;

namespace MlOps.Statistics.Tests.Golden.Kernels;

/// <summary>The rank statistics against SciPy 1.10.1; the answers are made by make_golden.py beside this file.</summary>
public sealed class KernelGoldenTests
{
    private static readonly JsonElement s_golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "Kernels", "kernels.json"))).RootElement;

    [Fact]
    public void Rank_statistics_agree_with_scipy_from_two_to_a_hundred_thousand_values()
    {
        foreach (var row in s_golden.GetProperty("rows").EnumerateArray())
        {
            var x = Shape(row, seedOffset: 0, row.GetProperty("n").GetInt32(), 0);
            var y = Shape(row, seedOffset: 1000, row.GetProperty("m").GetInt32(), row.GetProperty("shift").GetDouble());
            Agree(row, "ks", KolmogorovSmirnov.Test(x, y), 1e-9);
            Agree(row, "uncorrected", MannWhitney.Test(x, y, PValueMethod.Asymptotic, continuityCorrection: false), 1e-9);
            if (row.GetProperty("mannWhitney").ValueKind == JsonValueKind.Array)
            {
                Agree(row, "mannWhitney", MannWhitney.Test(x, y), 1e-9);
            }

            // SciPy finds the statistic as a difference of large numbers, and the p-value as the complement of a series cut at terms of 1e-7 each.
            var vonMises = CramerVonMises.Test(x, y);
            Close(row.GetProperty("cvm")[0].GetDouble(), vonMises.Statistic, 1e-8, 1e-9, row);
            Close(row.GetProperty("cvm")[1].GetDouble(), vonMises.PValue, 1e-8, row.GetProperty("cvm")[1].GetDouble() < 1e-3 ? 1e-6 : 1e-11, row);
            Close(row.GetProperty("wasserstein").GetDouble(), Wasserstein.Between(x, y), 2e-12, 0, row);
            Close(row.GetProperty("energy").GetDouble(), EnergyDistance.Between(x, y), 2e-12, 0, row);
            if (row.GetProperty("kind").GetString() == "float")
            {
                float[] a = Array.ConvertAll(x, value => (float)value), b = Array.ConvertAll(y, value => (float)value);
                Assert.Equal(KolmogorovSmirnov.Test(x, y), KolmogorovSmirnov.Test(a, b));
                Assert.Equal(MannWhitney.Test(x, y), MannWhitney.Test(a, b));
                Assert.Equal(vonMises, CramerVonMises.Test(a, b));
                Assert.Equal(Wasserstein.Between(x, y), Wasserstein.Between(a, b));
                Assert.Equal(EnergyDistance.Between(x, y), EnergyDistance.Between(a, b));
            }
        }
    }

    [Fact]
    public void The_tail_of_the_cramer_von_mises_distribution_keeps_its_digits_down_to_1e_290()
    {
        foreach (var tail in s_golden.GetProperty("tails").EnumerateArray())
        {
            Close(tail[1].GetDouble(), CramerVonMisesDistribution.Survival(tail[0].GetDouble()), 1e-9, 0, tail);
        }
    }

    private static double[] Shape(JsonElement row, int seedOffset, int count, double shift)
    {
        var draws = new Draws((ulong)(row.GetProperty("seed").GetInt32() + seedOffset));
        var kind = row.GetProperty("kind").GetString();
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
        {
            var u = draws.Uniform();
            value = kind switch
            {
                "plain" => u + shift,
                "ties" => Math.Floor((u + shift) * 10),
                "constant" => Math.Floor(u) + Math.Ceiling(shift),
                "disjoint" => u + (10 * Math.Ceiling(shift)),
                "denormal" => Math.Floor((u + shift) * 1000) * 5e-324,
                "huge" => (u + shift - 0.5) * 1e150,
                "tiny" => (u + shift - 0.5) * 1e-150,
                "offset" => u + shift + 1e9,
                "float" => (float)(u + shift),
                _ => throw new InvalidDataException(kind),
            };
        }

        return values;
    }

    private static void Agree(JsonElement row, string name, TestResult found, double relative)
    {
        Close(row.GetProperty(name)[0].GetDouble(), found.Statistic, 1e-12, 0, row);
        Close(row.GetProperty(name)[1].GetDouble(), found.PValue, relative, 0, row);
    }

    private static void Close(double expected, double found, double relative, double absolute, JsonElement row) => Assert.True(
        Math.Abs(expected - found) <= (relative * Math.Abs(expected)) + absolute, $"expected {expected:R}, found {found:R} in {row}");
}
