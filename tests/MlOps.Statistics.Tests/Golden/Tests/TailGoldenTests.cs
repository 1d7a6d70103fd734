using System.Text.Json;
using MlOps.Statistics.Special;

namespace MlOps.Statistics.Tests.Golden.Tests;

/// <summary>p-values far below the smallest double, and cases in which SciPy loses digits; made by make_tails.py.</summary>
public sealed class TailGoldenTests
{
    private static readonly JsonElement s_golden = GoldenFile.Read("Tests/tails.json");

    public static TheoryData<string> Names => ["kolmogorov", "vonMises", "mannWhitney", "fisher"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Logarithms_of_p_values_hold_at_any_depth(string name)
    {
        var seen = 0;
        foreach (var row in s_golden.EnumerateArray().Where(row => row[0].GetString() == name))
        {
            double[] v = [.. row.EnumerateArray().Skip(1).Select(e => e.GetDouble())];
            var found = name switch
            {
                "kolmogorov" => Separated((long)v[0], (long)v[1], (long)v[2]),
                "vonMises" => CramerVonMisesDistribution.LogSurvival(v[0]),
                "mannWhitney" => WithStatistic((int)v[0], (int)v[1], (int)v[2]).LogPValue,
                _ => FisherExact.Test((long)v[0], (long)(v[0] + v[1]), (long)v[2], (long)(v[2] + v[3])).LogPValue,
            };

            // Relative error of p where p is a double, relative error of log p below.
            var expected = v[^1];
            Assert.True(Math.Abs(found - expected) <= 1e-9 * Math.Max(1, Math.Abs(expected) / 700), $"{row}: found {found:R}");
            seen++;
        }

        Assert.True(seen >= 4);
    }

    [Fact]
    public void Divergences_of_nearly_equal_counts_keep_twelve_digits()
    {
        foreach (var row in s_golden.EnumerateArray().Where(row => row[0].GetString() == "divergence"))
        {
            long[] p = Counts(row[1]), q = Counts(row[2]);
            Close(row[3].GetDouble(), KullbackLeibler.Between(p, q), row);
            Close(row[4].GetDouble(), JensenShannon.DivergenceBetween(p, q, LogarithmBase.E), row);
            Close(row[5].GetDouble(), Hellinger.Between(p, q), row);
        }

        long[] Counts(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetInt64())];

        void Close(double expected, double found, JsonElement row) =>
            Assert.True(Math.Abs(found - expected) <= 1e-12 * expected, $"{row}: found {found:R}, expected {expected:R}");
    }

    [Theory]
    [InlineData(1, 20_000)]
    [InlineData(20_000, 1)]
    [InlineData(12_000, 11_000)]
    [InlineData(300, 200)]
    [InlineData(7, 7)]
    public void Samples_that_do_not_overlap_have_the_p_value_of_two_orders_among_all(int n, int m)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => (double)i)], y = [.. Enumerable.Range(n, m).Select(i => (double)i)];
        var orders = Enumerable.Range(1, Math.Min(n, m)).Sum(i => Math.Log((Math.Max(n, m) + (double)i) / i));
        var tolerance = 1e-9 * Math.Max(1, orders / 700);
        Assert.Equal(Math.Log(2) - orders, KolmogorovSmirnov.Test(x, y).LogPValue, tolerance);
        Assert.Equal(Math.Log(2) - orders, KolmogorovSmirnov.Test(x, y, PValueMethod.Asymptotic).LogPValue, tolerance);
    }

    [Fact]
    public void The_smallest_gap_of_equal_sizes_is_certain()
    {
        // Every order of seven and seven has a gap of 1/7; SciPy gives 0.99996.
        Assert.Equal(1, KolmogorovSmirnov.Test([0, 0, 0, 1, 1, 1, 1.0], [0, 0, 1, 1, 1, 1, 1.0]).PValue, 1e-13);
    }

    [Fact]
    public void Ties_give_no_exact_p_value_of_zero()
    {
        double[] threes = [.. Enumerable.Repeat(3.0, 8)], others = [.. Enumerable.Repeat(3.1, 9)];
        Assert.Equal(1 / 24310.0, CramerVonMises.Test(threes, others).PValue, 1e-15);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    [InlineData(1e300)]
    public void A_t_test_has_no_unit(double unit)
    {
        // Powers of two of each other, so that the values are the same but for their exponents.
        unit = Math.ScaleB(1, Math.ILogB(unit));
        double[] x = new Draws(3).Normals(40), y = new Draws(4).Normals(30, 0.5);
        double[] a = [.. x.Select(v => v * unit)], b = [.. y.Select(v => v * unit)];
        Assert.Equal(WelchT.Test(x, y).Statistic, WelchT.Test(a, b).Statistic, 1e-13);
        Assert.Equal(StudentT.Test(x, y).LogPValue, StudentT.Test(a, b).LogPValue, 1e-12);
        double[] denormal = [.. x.Select(v => Math.Round(v * 1000) * double.Epsilon)], whole = [.. x.Select(v => Math.Round(v * 1000))];
        Assert.Equal(WelchT.Test(whole, [.. whole.Take(9)]).Statistic, WelchT.Test(denormal, [.. denormal.Take(9)]).Statistic, 1e-12);
    }

    [Fact]
    public void Two_values_give_the_epps_singleton_test_one_degree_of_freedom()
    {
        foreach (var ones in new[] { 120, 99, 61 })
        {
            double[] x = [.. Enumerable.Range(0, 249).Select(i => i < ones ? 1.0 : 0)];
            double[] y = [.. Enumerable.Range(0, 163).Select(i => i < 70 ? 1.0 : 0)];
            var found = EppsSingleton.Test(x, y);
            Assert.Equal(Distributions.LogChiSquaredUpper(found.Statistic, 1), found.LogPValue, 1e-12);
        }
    }

    private static double Separated(long n, long m, long h)
    {
        long a = n, b = m;
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return KolmogorovSmirnov.LogPValue(h / ((double)n / a * m), n, m, long.MaxValue);
    }

    /// <summary>Samples without ties in which x exceeds y in u pairs.</summary>
    private static TestResult WithStatistic(int n, int m, int u)
    {
        double[] y = [.. Enumerable.Range(0, m).Select(i => (double)i)];
        double[] x = [.. Enumerable.Range(0, n).Select(i => i < u / m ? m + 1.0 + i : i == u / m ? (u % m) - 0.5 : -1.0 - i)];
        var found = MannWhitney.Test(x, y, PValueMethod.Asymptotic, continuityCorrection: true);
        Assert.Equal(u, found.Statistic);
        return found;
    }
}
