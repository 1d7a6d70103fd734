using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Formulas;

/// <summary>What holds for every two-sample test here, whatever the data.</summary>
public sealed class TestLawTests
{
    private static readonly Dictionary<string, Func<double[], double[], TestResult>> s_tests = new()
    {
        ["student"] = (x, y) => StudentT.Test(x, y),
        ["welch"] = (x, y) => WelchT.Test(x, y),
        ["epps-singleton"] = (x, y) => EppsSingleton.Test(x, y),
        ["anderson-darling"] = (x, y) => AndersonDarling.Test(x, y),
        ["anderson-darling, right"] = (x, y) => AndersonDarling.Test(x, y, midrank: false),
        ["anderson-darling, permuted"] = (x, y) => AndersonDarling.PermutationTest(x, y, permutations: 19),
    };

    public static TheoryData<string> Tests => [.. s_tests.Keys];

    [Property]
    public bool A_p_value_is_a_probability_and_agrees_with_its_logarithm(double[] x, double[] y) => s_tests.Values.All(test =>
    {
        var (statistic, p) = test(x, y);
        var log = test(x, y).LogPValue;
        return p is >= 0 and <= 1 && log <= 0 && (!double.IsNaN(statistic) || p == 1) && (p < 1e-290 || Math.Abs(log - Math.Log(p)) < 1e-9);
    });

    [Theory]
    [MemberData(nameof(Tests))]
    public void Swapping_the_samples_changes_nothing_but_a_sign(string name)
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var draws = new Draws(seed);
            double[] x = draws.Normals(10 + draws.Below(60)), y = draws.Normals(10 + draws.Below(60), 0.3);
            TestResult forth = s_tests[name](x, y), back = s_tests[name](y, x);
            Assert.Equal(Math.Abs(forth.Statistic), Math.Abs(back.Statistic), 1e-9 * (1 + Math.Abs(forth.Statistic)));
            if (!name.EndsWith("permuted", StringComparison.Ordinal))
            {
                Assert.Equal(forth.PValue, back.PValue, 1e-9 * forth.PValue);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void Missing_values_are_left_out_wherever_they_stand(string name)
    {
        for (var length = 0; length <= 64; length++)
        {
            var draws = new Draws((ulong)length);
            double[] x = draws.Normals(length), y = draws.Normals(40, 0.4);
            double[] holes = [.. x.SelectMany((v, i) => i % 3 == 0 ? new[] { double.NaN, v } : [v]), double.NaN];
            TestResult plain = s_tests[name](x, y), sparse = s_tests[name](holes, [.. y, double.NaN]);
            Assert.Equal(plain.PValue, sparse.PValue, 1e-12);
            Assert.True(plain.Statistic.Equals(sparse.Statistic) || Math.Abs(plain.Statistic - sparse.Statistic) < 1e-10 * (1 + Math.Abs(plain.Statistic)));
        }
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void Empty_samples_are_no_evidence(string name)
    {
        double[][] few = [[], [double.NaN]];
        Assert.All(few, x => Assert.Equal(new TestResult(double.NaN, 1), s_tests[name](x, [1, 2, 3, 4, 5, 6])));
        Assert.All(few, x => Assert.Equal(new TestResult(double.NaN, 1), s_tests[name]([1, 2, 3, 4, 5, 6], x)));
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void Shift_and_scale_change_nothing(string name)
    {
        var draws = new Draws(77);
        double[] x = draws.Normals(90), y = draws.Normals(70, 0.5, 1.5);
        var plain = s_tests[name](x, y);
        foreach (var (scale, shift) in new[] { (1024.0, 0.0), (0.25, 0.0), (1.0, 4096.0), (1e-150, 0.0), (1e150, 0.0) })
        {
            var moved = s_tests[name]([.. x.Select(v => (v * scale) + shift)], [.. y.Select(v => (v * scale) + shift)]);
            Assert.Equal(plain.Statistic, moved.Statistic, 1e-9 * Math.Abs(plain.Statistic));
            Assert.Equal(plain.PValue, moved.PValue, 1e-8 * plain.PValue);
        }
    }

    [Theory]
    [InlineData("epps-singleton")]
    [InlineData("anderson-darling")]
    [InlineData("anderson-darling, permuted")]
    public void One_value_of_1e308_or_infinity_changes_no_verdict(string name)
    {
        var draws = new Draws(5);
        double[] x = draws.Normals(400), same = draws.Normals(400), other = draws.Normals(400, 1);
        foreach (var outlier in new[] { 1e308, -1e308, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.True(s_tests[name](x, [.. same, outlier]).PValue > 0.05);
            Assert.True(s_tests[name](x, [.. other, outlier]).PValue <= 0.05);
        }
    }

    [Fact]
    public void A_nominal_level_of_5_percent_is_what_happens_without_a_difference()
    {
        const int Repetitions = 3000;
        var draws = new Draws(2024);
        var flagged = new Dictionary<string, int>();
        for (var i = 0; i < Repetitions; i++)
        {
            double[] x = draws.Normals(120), y = draws.Normals(90);
            long[] a = new long[4], b = new long[4];
            Array.ForEach(x, v => a[(int)Math.Clamp(v + 2, 0, 3)]++);
            Array.ForEach(y, v => b[(int)Math.Clamp(v + 2, 0, 3)]++);
            Flag("student", StudentT.Test(x, y).PValue);
            Flag("welch", WelchT.Test(x, y).PValue);
            Flag("epps-singleton", EppsSingleton.Test(x, y).PValue);
            Flag("anderson-darling", AndersonDarling.Test(x, y).PValue);
            Flag("chi-squared", ChiSquared.Homogeneity(a, b).PValue);
            Flag("g", GTest.Homogeneity(a, b).PValue);
            Flag("spearman", Spearman.Test(x.AsSpan(0, 90), y).PValue);
            Flag("kendall", KendallTau.Test(x.AsSpan(0, 90), y).PValue);
        }

        Assert.All(flagged, test => Assert.InRange(test.Value / (double)Repetitions, 0.04, 0.06));

        void Flag(string name, double p) => flagged[name] = flagged.GetValueOrDefault(name) + (p <= 0.05 ? 1 : 0);
    }

    [Fact]
    public void Single_precision_gives_what_its_values_give_as_doubles()
    {
        var draws = new Draws(8);
        float[] x = [.. draws.Normals(50).Select(v => (float)v), float.NaN], y = [.. draws.Normals(51, 0.4).Select(v => (float)v)];
        double[] wideX = [.. x.Select(v => (double)v)], wideY = [.. y.Select(v => (double)v)];
        Assert.Equal(StudentT.Test(wideX, wideY), StudentT.Test(x, y));
        Assert.Equal(WelchT.Test(wideX, wideY), WelchT.Test(x, y));

        // Its sums are vectorised, and in which order they add depends on where the array happens to lie in memory.
        TestResult wide = EppsSingleton.Test(wideX, wideY), single = EppsSingleton.Test(x, y);
        Assert.Equal(wide.Statistic, single.Statistic, 1e-12 * wide.Statistic);
        Assert.Equal(wide.PValue, single.PValue, 1e-12);
        Assert.Equal(AndersonDarling.Test(wideX, wideY), AndersonDarling.Test(x, y));
        Assert.Equal(Pearson.Test(wideX, wideY), Pearson.Test(x, y));
        Assert.Equal(Spearman.Test(wideX, wideY), Spearman.Test(x, y));
        Assert.Equal(KendallTau.Test(wideX, wideY), KendallTau.Test(x, y));
        Assert.Equal(Hellinger.Between(wideX, wideY), Hellinger.Between(x, y));
        Assert.Equal(TotalVariation.Between(wideX, wideY), TotalVariation.Between(x, y));
        Assert.Equal(LInfinity.Between(wideX, wideY), LInfinity.Between(x, y));
        Assert.Equal(KullbackLeibler.Between(wideX, wideY), KullbackLeibler.Between(x, y));
        Assert.Equal(JensenShannon.Between(wideX, wideY), JensenShannon.Between(x, y));
        Assert.Equal(JensenShannon.DivergenceBetween(wideX, wideY), JensenShannon.DivergenceBetween(x, y));
    }

    [Fact]
    public void A_t_test_equals_its_definition_at_every_length()
    {
        for (var length = 2; length <= 256; length++)
        {
            var draws = new Draws((ulong)length + 9);
            decimal[] x = [.. draws.Normals(length).Select(v => (decimal)Math.Round(v, 6))], y = [.. draws.Normals(30, 0.2).Select(v => (decimal)Math.Round(v, 6))];
            decimal meanX = x.Average(), meanY = y.Average();
            decimal squares = x.Sum(v => (v - meanX) * (v - meanX)) + y.Sum(v => (v - meanY) * (v - meanY));
            var error = Math.Sqrt((double)(squares / (length + 28)) * ((1.0 / length) + (1.0 / 30)));
            var found = StudentT.Test([.. x.Select(v => (double)v)], [.. y.Select(v => (double)v)]);
            Assert.Equal((double)(meanX - meanY) / error, found.Statistic, 1e-12);
        }
    }

    [Fact]
    public void The_anderson_darling_p_value_falls_steadily_through_the_ends_of_the_published_table()
    {
        foreach (var m in new[] { 1, 2, 5, 20 })
        {
            var last = 0.0;
            for (var statistic = -3.0; statistic < 900; statistic += statistic < 10 ? 0.04 : 20)
            {
                var log = AndersonDarlingLaw.LogUpper(statistic, m);
                Assert.InRange(log, -4000, last);
                Assert.True(last - log < 0.2 || statistic > 10, $"jump at {statistic} for {m}");
                last = log;
            }
        }
    }

    [Fact]
    public void The_anderson_darling_p_value_is_that_of_the_limit_law_within_6_percent()
    {
        foreach (var row in Golden.GoldenFile.Read("Tests/anderson_law.json").EnumerateArray())
        {
            var found = Math.Exp(AndersonDarlingLaw.LogUpper(row[1].GetDouble(), row[0].GetInt32()));
            Assert.InRange(found / row[2].GetDouble(), 0.94, 1.06);
        }

        // For three samples the law is a mixture of exponentials, whose first term is all that is left in the tail: 3 e^-y.
        for (var statistic = 8.0; statistic < 900; statistic += 40)
        {
            var y = 2 + (statistic * Math.Sqrt(4 * ((Math.PI * Math.PI / 3) - 3)));
            Assert.Equal(Math.Log(3) - y, AndersonDarlingLaw.LogUpper(statistic, 2), 0.06);
        }
    }

    [Fact]
    public void The_anderson_darling_permutation_agrees_with_the_table_and_with_its_seed()
    {
        var draws = new Draws(11);
        double[] x = draws.Normals(60), y = draws.Normals(80, 0.35);
        var table = AndersonDarling.Test(x, y);
        var permuted = AndersonDarling.PermutationTest(x, y, permutations: 4999, seed: 3);
        Assert.Equal(table.Statistic, permuted.Statistic, 1e-12);
        Assert.Equal(table.PValue, permuted.PValue, 0.01);
        Assert.Equal(permuted, AndersonDarling.PermutationTest(x, y, permutations: 4999, seed: 3));
        Assert.Throws<ArgumentException>(() => AndersonDarling.Test([x]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AndersonDarling.PermutationTest(x, y, permutations: 0));
    }

    [Fact]
    public void Count_tests_keep_their_p_value_where_it_underflows()
    {
        long[] x = [90_000, 10_000], y = [10_000, 90_000];
        double[] logs =
        [
            ChiSquared.Homogeneity(x, y).LogPValue, GTest.Homogeneity(x, y).LogPValue, TwoProportionZ.Test(90_000, 100_000, 10_000, 100_000).LogPValue,
            FisherExact.Test(90_000, 100_000, 10_000, 100_000).LogPValue,
        ];
        Assert.All(logs, log => Assert.InRange(log, -80_000, -60_000));
        Assert.Equal(0, ChiSquared.Homogeneity(x, y).PValue);
    }

    [Property]
    public bool Fisher_agrees_with_the_sum_over_all_tables(byte a, byte b, byte c, byte d)
    {
        long n = a + b, m = c + d, successes = a + c;
        if (n == 0 || m == 0 || successes == 0 || successes == n + m)
        {
            return FisherExact.Test(a, n, c, m).PValue == 1;
        }

        var first = Math.Max(0, successes - m);
        var logs = new List<double>();
        var log = 0.0;
        for (var k = first; k <= Math.Min(n, successes); k++)
        {
            logs.Add(log);
            log += Math.Log((double)(n - k) * (successes - k)) - Math.Log((double)(k + 1) * (m - successes + k + 1));
        }

        var largest = logs.Max();
        var observed = logs[(int)(a - first)];
        var p = logs.Where(v => v <= observed + 1e-7).Sum(v => Math.Exp(v - largest)) / logs.Sum(v => Math.Exp(v - largest));
        var found = FisherExact.Test(a, n, c, m).PValue;
        return Math.Abs(found - p) <= 1e-10 * p;
    }
}
