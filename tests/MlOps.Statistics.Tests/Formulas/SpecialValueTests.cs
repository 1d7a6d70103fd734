using System.Reflection;

namespace MlOps.Statistics.Tests.Formulas;

/// <summary>The one rule for missing, infinite and no values, held for every public function of two samples.</summary>
public sealed class SpecialValueTests
{
    private static readonly Dictionary<string, Comparison> s_comparisons = new()
    {
        ["KolmogorovSmirnov.Test"] = new((x, y) => KolmogorovSmirnov.Test(x, y)),
        ["CramerVonMises.Test"] = new((x, y) => CramerVonMises.Test(x, y)),
        ["MannWhitney.Test"] = new((x, y) => MannWhitney.Test(x, y)),
        ["AndersonDarling.Test"] = new((x, y) => AndersonDarling.Test(x, y)),
        ["AndersonDarling.PermutationTest"] = new((x, y) => AndersonDarling.PermutationTest(x, y, 99)),
        ["EppsSingleton.Test"] = new((x, y) => EppsSingleton.Test(x, y)) { RanksOnly = false },
        ["WelchT.Test"] = new((x, y) => WelchT.Test(x, y)) { IsRobust = false, AtInfinity = double.NaN },
        ["StudentT.Test"] = new((x, y) => StudentT.Test(x, y)) { IsRobust = false, AtInfinity = double.NaN },
        ["EnergyDistance.Test"] = new((x, y) => EnergyDistance.Test(x, y, 99, 1))
        {
            IsRobust = false,
            AtInfinity = double.PositiveInfinity,
        },
        ["EnergyDistance.Between"] = new((x, y) => Distance(EnergyDistance.Between(x, y)))
        {
            IsRobust = false,
            AtInfinity = double.PositiveInfinity,
        },
        ["Wasserstein.Between"] = new((x, y) => Distance(Wasserstein.Between(x, y)))
        {
            IsRobust = false,
            AtInfinity = double.PositiveInfinity,
        },
        ["PopulationStabilityIndex.Between"] = new((x, y) => Distance(PopulationStabilityIndex.Between(x, y))),
        ["JensenShannon.Between"] = new((x, y) => Distance(JensenShannon.Between(x, y))),
        ["JensenShannon.DivergenceBetween"] = new((x, y) => Distance(JensenShannon.DivergenceBetween(x, y))),
        ["KullbackLeibler.Between"] = new((x, y) => Distance(KullbackLeibler.Between(x, y))),
        ["Hellinger.Between"] = new((x, y) => Distance(Hellinger.Between(x, y))),
        ["TotalVariation.Between"] = new((x, y) => Distance(TotalVariation.Between(x, y))),
        ["LInfinity.Between"] = new((x, y) => Distance(LInfinity.Between(x, y))),
        ["Pearson.Test"] = new((x, y) => Pearson.Test(x, y)) { IsPaired = true, IsRobust = false, AtInfinity = double.NaN },
        ["Spearman.Test"] = new((x, y) => Spearman.Test(x, y)) { IsPaired = true },
        ["KendallTau.Test"] = new((x, y) => KendallTau.Test(x, y)) { IsPaired = true },
    };

    // What is not a comparison of two samples under this rule, and why.
    private static readonly string[] s_others =
    [
        "CalibratedDistance.Wasserstein", // a permutation of the same distance, tested with its calibration
        "CalibratedDistance.WassersteinThreshold", // a threshold, not a comparison
        "EvidentlyDefaults.JensenShannonDistance", "EvidentlyDefaults.NormalisedWasserstein", // another tool's rule, reproduced as it is
        "EvidentlyDefaults.PopulationStabilityIndex",
    ];

    public static TheoryData<string> Names => [.. s_comparisons.Keys];

    [Fact]
    public void Every_public_function_of_two_samples_is_held_to_the_rule()
    {
        var found = typeof(TestResult).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(TestResult) || method.ReturnType == typeof(double))
            .Where(method => method.GetParameters() is [var x, var y, ..]
                && x.ParameterType == typeof(ReadOnlySpan<double>) && y.ParameterType == typeof(ReadOnlySpan<double>))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(s_comparisons.Keys.Concat(s_others).Order(StringComparer.Ordinal), found);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Missing_values_are_left_out(string name)
    {
        var comparison = s_comparisons[name];
        var (x, y) = Samples(comparison);
        double[] holesX, holesY;
        if (comparison.IsPaired)
        {
            (holesX, holesY) = ([double.NaN, .. x, 7, double.NaN], [1, .. y, double.NaN, double.NaN]);
        }
        else
        {
            (holesX, holesY) = ([double.NaN, .. x, double.NaN, double.NaN], [.. y[..5], double.NaN, .. y[5..]]);
        }

        TestResult plain = comparison.Compare(x, y), found = comparison.Compare(holesX, holesY);
        Assert.Equal(plain.Statistic, found.Statistic, 1e-10 * (1 + Math.Abs(plain.Statistic)));
        Assert.Equal(plain.PValue, found.PValue, 1e-10);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_values_are_no_evidence(string name)
    {
        var comparison = s_comparisons[name];
        var (x, y) = Samples(comparison);
        double[] missing = Array.ConvertAll(x, _ => double.NaN);
        (double[], double[])[] empty = comparison.IsPaired
            ? [([], []), (missing, y), (x, missing)]
            : [([], y), (x, []), ([], []), (missing, y), (x, missing)];
        Assert.All(empty, samples => Assert.Equal(TestResult.Undefined, comparison.Compare(samples.Item1, samples.Item2)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Infinite_values_are_ordinary_extremes_or_leave_a_mean_undefined(string name)
    {
        var comparison = s_comparisons[name];
        var (x, y) = Samples(comparison);
        foreach (var sign in new[] { 1, -1 })
        {
            var extreme = comparison.Compare(With(x, sign * 1e300), y);
            var infinite = comparison.Compare(With(x, sign * double.PositiveInfinity), y);
            Assert.InRange(infinite.PValue, 0, 1);
            if (comparison.AtInfinity is { } expected)
            {
                Assert.Equal(expected, infinite.Statistic);
                Assert.Equal(1, infinite.PValue);
            }
            else if (comparison.RanksOnly)
            {
                Assert.Equal(extreme, infinite);
            }
            else
            {
                Assert.Equal(extreme.PValue, infinite.PValue, 0.02);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_value_of_1e308_changes_no_verdict_unless_the_function_measures_means(string name)
    {
        var comparison = s_comparisons[name];
        foreach (var shift in new[] { 0, 1.5 })
        {
            var (x, y) = Samples(comparison, shift);
            var plain = comparison.Compare(x, y);
            foreach (var outlier in new[] { 1e308, -1e308, double.MaxValue })
            {
                var found = comparison.Compare(With(x, outlier), y);
                if (!comparison.IsRobust)
                {
                    // Documented: a mean, and what is made of it, is decided by such a value; it must still be answered.
                    Assert.InRange(found.PValue, 0, 1);
                    continue;
                }

                Assert.Equal(plain.PValue <= 0.05, found.PValue <= 0.05);
                Assert.True(!comparison.RanksOnly || Math.Abs(plain.Statistic - found.Statistic) <= 0.05 * (1 + Math.Abs(plain.Statistic)));
            }
        }
    }

    private static TestResult Distance(double value) => new(value, 1);

    private static double[] With(double[] values, double last) => [.. values[..^1], last];

    private static (double[] X, double[] Y) Samples(Comparison comparison, double shift = 0.4)
    {
        var draws = new Draws(12);
        var x = draws.Normals(600);
        double[] noise = draws.Normals(600);
        return (x, [.. noise.Select((v, i) => v + (comparison.IsPaired ? shift * x[i] : shift))]);
    }

    private sealed record Comparison(Func<double[], double[], TestResult> Compare)
    {
        /// <summary>Whether x and y are pairs, of which one with a missing value is left out whole.</summary>
        public bool IsPaired { get; init; }

        /// <summary>Whether one value cannot decide it.</summary>
        public bool IsRobust { get; init; } = true;

        /// <summary>Whether an infinite value is the same to it as any other beyond all others.</summary>
        public bool RanksOnly { get; init; } = true;

        /// <summary>The statistic with an infinite value on one side, where that is not an ordinary extreme.</summary>
        public double? AtInfinity { get; init; }
    }
}
