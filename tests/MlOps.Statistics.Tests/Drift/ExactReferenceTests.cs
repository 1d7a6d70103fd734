using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Drift;

public sealed class ExactReferenceTests
{
    private static readonly FittedReferenceOptions Exact = new() { MaximumExactValues = 1_000_000 };

    [Property(MaxTest = 400)]
    public void Fitted_statistics_are_those_of_the_raw_samples(ulong seed)
    {
        var draws = new Draws(seed);
        var (shape, other) = (draws.Below(Shapes), draws.Below(4) == 0 ? draws.Below(Shapes) : -1);
        var x = Sample(draws, shape, 1 + draws.Below(400));
        var y = Sample(draws, other < 0 ? shape : other, 1 + draws.Below(400));
        AssertSame(x, y);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void Fitted_statistics_are_those_of_the_raw_samples_at_size(int shape)
    {
        var draws = new Draws((ulong)shape + 77);
        var x = Sample(draws, shape, 30_000);
        AssertSame(x, Sample(draws, shape, 20_001));
        AssertSame(x, [.. Sample(draws, shape, 20_000).Select(value => value * 1.1)]);
        AssertSame(x, [.. x.Select(value => value + 1)]);
    }

    [Fact]
    public void A_sample_equal_to_its_reference_is_at_distance_zero()
    {
        for (var shape = 0; shape < Shapes; shape++)
        {
            var x = Sample(new Draws(5), shape, 5000);
            var found = FittedReference.FitNumeric(x, Exact).Compare(x);
            Assert.Equal(new StatisticInterval(0, 0), found.KolmogorovSmirnov.Statistic);
            Assert.Equal(new StatisticInterval(0, 0), found.Wasserstein);
            Assert.Equal(0, found.PopulationStabilityIndex);
        }
    }

    [Fact]
    public void All_lengths_up_to_256_agree_in_double_and_single_precision()
    {
        var draws = new Draws(9);
        var x = Sample(draws, 0, 300).Select(value => (float)value).ToArray();
        var reference = FittedReference.FitNumeric(x, Exact);
        double[] wide = [.. x.Select(value => (double)value)];
        Assert.Equal(reference.ToArray(), FittedReference.FitNumeric(wide, Exact).ToArray());
        for (var length = 0; length <= 256; length++)
        {
            var y = Sample(draws, draws.Below(Shapes), length).Select(value => (float)value).ToArray();
            double[] current = [.. y.Select(value => (double)value)];
            AssertSame(wide, current);
            Assert.Equal(reference.KolmogorovSmirnov(current), reference.KolmogorovSmirnov(y));
            Assert.Equal(reference.Wasserstein(current), reference.Wasserstein(y));
            Assert.Equal(reference.Compare(current), reference.Compare(y));
        }
    }

    [Property(MaxTest = 200)]
    public void Cells_give_an_interval_that_holds_the_exact_value(ulong seed)
    {
        var draws = new Draws(seed);
        var shape = draws.Below(Shapes);
        var x = Sample(draws, shape, 1 + draws.Below(600));
        var y = Sample(draws, draws.Below(3) == 0 ? draws.Below(Shapes) : shape, 1 + draws.Below(600));
        var reference = FittedReference.FitNumeric(x, new FittedReferenceOptions { MaximumExactValues = 0, MaximumCells = 16 + draws.Below(100) });
        var expected = KolmogorovSmirnov.Test(x, y);
        if (reference.Count == 0 || double.IsNaN(expected.Statistic))
        {
            return;
        }

        Assert.Equal(ReferenceRepresentation.QuantileCells, reference.Representation);
        foreach (var fitted in new[] { reference, FittedReference.Read(reference.ToArray()) })
        {
            var found = fitted.Compare(y);
            Assert.InRange(expected.Statistic, found.KolmogorovSmirnov.Statistic.Lower, found.KolmogorovSmirnov.Statistic.Upper);
            Assert.InRange(expected.PValue, found.KolmogorovSmirnov.PValue.Lower, found.KolmogorovSmirnov.PValue.Upper);
            var area = Wasserstein.Between(x, y);
            Assert.InRange(area, (found.Wasserstein.Lower * (1 - 1e-12)) - 1e-319, (found.Wasserstein.Upper * (1 + 1e-12)) + 1e-319);
        }
    }

    [Fact]
    public void One_huge_or_infinite_value_breaks_nothing()
    {
        var draws = new Draws(12);
        var x = draws.Normals(5000);
        foreach (var outlier in new[] { 1e308, -1e308, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon })
        {
            double[] current = [.. draws.Normals(4000), outlier];
            double[] reference = [.. x, outlier];
            AssertSame(x, current);
            AssertSame(reference, current);
            AssertSame(reference, x);
        }
    }

    [Fact]
    public void The_representation_follows_from_the_number_of_distinct_values()
    {
        var draws = new Draws(3);
        var many = draws.Normals(10_000);
        var cells = FittedReference.FitNumeric(many);
        var exact = FittedReference.FitNumeric(many, Exact);
        var rounded = FittedReference.FitNumeric([.. many.Select(value => Math.Round(value * 100))]);
        Assert.Equal(ReferenceRepresentation.QuantileCells, cells.Representation);
        Assert.Equal(ReferenceRepresentation.ExactValues, exact.Representation);
        Assert.Equal(ReferenceRepresentation.ExactValues, rounded.Representation);
        Assert.InRange(cells.ToArray().Length, 1, 50_000);
        Assert.InRange(rounded.ToArray().Length, 1, 4 * 1000);
        Assert.InRange(exact.ToArray().Length, 1, 9 * 10_000);
        Assert.False(cells.KolmogorovSmirnov(many).Statistic.IsExact);
        Assert.True(FittedReference.Read(exact.ToArray()).KolmogorovSmirnov(many).Statistic.IsExact);
        Assert.Equal(ReferenceRepresentation.Categories, FittedReference.FitCategorical(["a"]).Representation);
        Assert.Throws<InvalidOperationException>(() => FittedReference.FitCategorical(["a"]).Wasserstein([1.0]));
    }

    [Property(MaxTest = 100)]
    public void Merged_references_are_the_reference_of_all_rows_in_any_order(ulong seed)
    {
        var draws = new Draws(seed);
        var parts = Enumerable.Range(0, 3).Select(_ => Sample(draws, draws.Below(Shapes), draws.Below(200))).ToArray();
        var whole = FittedReference.FitNumeric([.. parts.SelectMany(part => part)], Exact).ToArray();
        var (a, b, c) = (FittedReference.FitNumeric(parts[0]), FittedReference.FitNumeric(parts[1]), FittedReference.FitNumeric(parts[2]));
        Assert.Equal(whole, a.Merge(b, Exact).Merge(c, Exact).ToArray());
        Assert.Equal(whole, c.Merge(b.Merge(a, Exact), Exact).ToArray());

        var names = parts.Select(part => part.Select(value => double.IsNaN(value) ? null : "n" + ((int)Math.Min(30, Math.Abs(value))))).ToArray();
        foreach (var limit in new[] { 4, 1000 })
        {
            var options = new FittedReferenceOptions { MaximumCategories = limit };
            var fits = names.Select(part => FittedReference.FitCategorical(part, options)).ToArray();
            var all = FittedReference.FitCategorical(names.SelectMany(part => part), options).ToArray();
            Assert.Equal(all, fits[0].Merge(fits[1], options).Merge(fits[2], options).ToArray());
            Assert.Equal(all, fits[2].Merge(fits[0].Merge(fits[1], options), options).ToArray());
        }
    }

    [Fact]
    public void Cells_fitted_on_different_rows_are_not_added()
    {
        var draws = new Draws(6);
        var options = new FittedReferenceOptions { MaximumExactValues = 0 };
        var first = FittedReference.FitNumeric(draws.Normals(1000), options);
        Assert.Equal(2000, first.Merge(first).Count);
        Assert.Throws<ArgumentException>(() => first.Merge(FittedReference.FitNumeric(draws.Normals(1000), options)));
        Assert.Throws<ArgumentException>(() => first.Merge(FittedReference.FitCategorical(["a"])));
    }

    [Fact]
    public void Batches_of_any_type_add_up_and_merge_in_any_order()
    {
        var draws = new Draws(8);
        var reference = FittedReference.FitNumeric(draws.Normals(3000));
        float[] values = [.. draws.Normals(999).Select(value => (float)value), float.NaN];
        var whole = reference.StartSample();
        whole.Add(values);
        var (left, right) = (reference.StartSample(), reference.StartSample());
        left.Add(values.AsSpan(0, 300));
        right.Add([.. values.Skip(300).Select(value => (double)value)]);
        var merged = CurrentSample.Read(reference, right.ToArray());
        merged.Merge(left);
        left.Merge(right);
        Assert.Equal(whole.ToArray(), left.ToArray());
        Assert.Equal(whole.ToArray(), merged.ToArray());
        Assert.Equal(1, whole.MissingCount);

        var truth = FittedReference.FitCategorical([true, false, true]).StartSample();
        truth.Add(true);
        truth.Add(["false", null]);
        Assert.Equal((2, 1), (truth.Count, truth.MissingCount));

        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var days = Enumerable.Range(0, 100).Select(day => start.AddDays(day)).ToArray();
        var times = FittedReference.FitNumeric(days).StartSample();
        foreach (var day in days)
        {
            times.Add(day);
        }

        Assert.Equal(0, times.Compare().Statistic);
    }

    private const int Shapes = 10;

    private static double[] Sample(Draws draws, int shape, int count)
    {
        var level = draws.Below(3);
        return [.. Enumerable.Range(0, count).Select(_ => draws.Below(50) == 0 ? double.NaN : shape switch
        {
            0 => draws.Normal(),
            1 => Math.Exp(draws.Normal() * (1 + level)),
            2 => draws.Normal() / draws.Normal(),
            3 => Math.Round(draws.Normal() * 3) * (level == 0 ? 0.1 : 1),
            4 => level,
            5 => 1e9 + draws.Normal(),
            6 => draws.Uniform() * double.Epsilon * 1000 * (draws.Below(2) - 0.5),
            7 => draws.Below(3) == 0 ? 0.0 * (draws.Below(2) - 0.5) : draws.Normal() * (draws.Below(100) == 0 ? 1e150 : 1e-150),
            8 => draws.Below(20) == 0 ? (draws.Below(2) == 0 ? double.PositiveInfinity : double.NegativeInfinity) : draws.Normal(),
            _ => draws.Uniform() + (10 * level),
        })];
    }

    private static void AssertSame(double[] x, double[] y)
    {
        var reference = FittedReference.FitNumeric(x, Exact);
        Assert.Equal(ReferenceRepresentation.ExactValues, reference.Representation);
        var again = FittedReference.Read(reference.ToArray());
        Assert.Equal(reference.ToArray(), again.ToArray());
        var expected = KolmogorovSmirnov.Test(x, y);
        var area = Wasserstein.Between(x, y);
        foreach (var fitted in new[] { reference, again })
        {
            var test = fitted.KolmogorovSmirnov(y);
            Assert.Equal((expected.Statistic, expected.PValue), (test.Statistic.Lower, test.PValue.Lower));
            Assert.True(test.Statistic.IsExact && test.PValue.IsExact);
            AssertClose(area, fitted.Wasserstein(y));
            var all = fitted.Compare(y);
            Assert.Equal(test, all.KolmogorovSmirnov);
            AssertClose(area, all.Wasserstein);
            Assert.Equal(PopulationStabilityIndex.Between(x, y), all.PopulationStabilityIndex);
            Assert.Equal(y.Count(double.IsNaN), all.MissingCount);
        }
    }

    private static void AssertClose(double expected, StatisticInterval found)
    {
        Assert.True(found.IsExact);
        if (double.IsFinite(expected))
        {
            // Products of denormal numbers are rounded to whole steps, in the direct sum once for each value.
            Assert.InRange(found.Lower, (expected * (1 - 1e-12)) - 1e-319, (expected * (1 + 1e-12)) + 1e-319);
        }
        else
        {
            Assert.Equal(expected, found.Lower);
        }
    }
}
