namespace MlOps.Statistics.Tests.Sketches;

public sealed class SketchComparisonTests
{
    [Fact]
    public void A_million_rows_without_drift_are_not_flagged_where_the_sketch_read_as_data_flags_most()
    {
        const int Rows = 1_000_000;
        int naive = 0, flagged = 0;
        for (var seed = 1UL; seed <= 4; seed++)
        {
            var (x, y) = (Uniforms(2 * seed, Rows, 0), Uniforms((2 * seed) + 1, Rows, 0));
            var (reference, current) = (Sketch(x, 1024), Sketch(y, 1024));
            var result = SketchComparison.KolmogorovSmirnov(reference, current);

            // The statistic of the sketches themselves, against the 5 % point of the Kolmogorov distribution.
            var observed = result.Statistic.Upper - (2 * reference.NormalizedRankError);
            naive += observed >= 1.3581 / Math.Sqrt(Rows / 2) ? 1 : 0;
            flagged += result.Decision == SketchDecision.Drift ? 1 : 0;
            Assert.True(result.Statistic.Contains(KolmogorovSmirnov.Test(x, y).Statistic));
        }

        Assert.Equal(0, flagged);
        Assert.InRange(naive, 2, 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    [InlineData(0.3)]
    public void The_truth_lies_within_every_interval(double shift)
    {
        int outside = 0, judged = 0;
        for (var seed = 1UL; seed <= 12; seed++)
        {
            var (x, y) = (Uniforms(2 * seed, 20_000, 0), Uniforms((2 * seed) + 1, 5_000 + (int)(3_000 * seed), shift));
            var (reference, current) = (Sketch(x, 200), Sketch(y, 200));
            var test = KolmogorovSmirnov.Test(x, y);
            var result = SketchComparison.KolmogorovSmirnov(reference, current);
            var (p, q) = Counts(Edges(reference), x, y);
            bool[] holds =
            [
                result.Statistic.Contains(test.Statistic),
                new StatisticInterval(result.PValue.Lower * (1 - 1e-9), (result.PValue.Upper * (1 + 1e-9)) + 1e-300).Contains(test.PValue),
                SketchComparison.Wasserstein(reference, current).Contains(Wasserstein.Between(x, y)),
                SketchComparison.PopulationStabilityIndex(reference, current).Contains(PopulationStabilityIndex.Between(p, q)),
                SketchComparison.JensenShannon(reference, current).Contains(JensenShannon.Between(p, q)),
                SketchComparison.TotalVariation(reference, current).Contains(TotalVariation.Between(p, q)),
            ];
            judged += holds.Length;
            outside += holds.Count(held => !held);
        }

        Assert.True(outside <= judged / 50, $"{outside} of {judged} values lay outside.");
    }

    [Fact]
    public void A_shift_that_no_error_explains_is_drift_and_too_coarse_a_sketch_is_undecided()
    {
        var (x, near, far) = (Uniforms(1, 50_000, 0), Uniforms(2, 50_000, 0.01), Uniforms(3, 50_000, 0.1));

        Assert.Equal(SketchDecision.Drift, SketchComparison.KolmogorovSmirnov(Sketch(x, 200), Sketch(far, 200)).Decision);
        Assert.Equal(SketchDecision.Undecided, SketchComparison.KolmogorovSmirnov(Sketch(x, 200), Sketch(near, 200)).Decision);
        Assert.Equal(SketchDecision.NoDrift, SketchComparison.KolmogorovSmirnov(Sketch(x[..500], 400), Sketch(x[40_000..40_500], 400)).Decision);
    }

    [Fact]
    public void Sketches_that_are_exact_give_the_exact_test_and_distances()
    {
        var (x, y) = (Uniforms(1, 150, 0), Uniforms(2, 130, 0.1));
        var (reference, current) = (Sketch(x, 200), Sketch(y, 200));
        var test = KolmogorovSmirnov.Test(x, y);
        var result = SketchComparison.KolmogorovSmirnov(reference, current);

        Assert.Equal((test.Statistic, test.Statistic), (result.Statistic.Lower, result.Statistic.Upper));
        Assert.Equal((test.PValue, test.PValue), (result.PValue.Lower, result.PValue.Upper));
        var area = SketchComparison.Wasserstein(reference, current);
        Assert.Equal(Wasserstein.Between(x, y), area.Lower, 12);
        Assert.Equal(area.Lower, area.Upper, 12);
        var psi = SketchComparison.PopulationStabilityIndex(reference, current);
        var (p, q) = Counts(Edges(reference), x, y);
        Assert.Equal(PopulationStabilityIndex.Between(p, q), psi.Lower, 12);
        Assert.Equal(psi.Lower, psi.Upper, 12);
    }

    [Fact]
    public void Empty_sketches_decide_nothing()
    {
        var result = SketchComparison.KolmogorovSmirnov(new KllSketch(), Sketch([1, 2], 200));

        Assert.True(double.IsNaN(result.Statistic.Lower) && double.IsNaN(result.Statistic.Upper));
        Assert.Equal((new StatisticInterval(0, 1), SketchDecision.Undecided), (result.PValue, result.Decision));
        Assert.True(double.IsNaN(SketchComparison.Wasserstein(new KllSketch(), new KllSketch()).Lower));
        Assert.True(double.IsNaN(SketchComparison.PopulationStabilityIndex(Sketch([1], 200), new KllSketch()).Upper));
        Assert.False(result.Statistic.Contains(0.5));
    }

    [Fact]
    public void Infinities_are_extreme_values_and_one_huge_value_moves_no_decision()
    {
        var x = Uniforms(1, 20_000, 0);
        var infinite = SketchComparison.Wasserstein(Sketch(x, 200), Sketch([.. x, double.PositiveInfinity], 200));
        var huge = SketchComparison.KolmogorovSmirnov(Sketch(x, 200), Sketch([.. x, 1e308], 200));

        Assert.Equal(double.PositiveInfinity, infinite.Upper);
        Assert.False(double.IsNaN(infinite.Lower));
        Assert.Equal(SketchComparison.KolmogorovSmirnov(Sketch(x, 200), Sketch([.. x, 0.5], 200)).Decision, huge.Decision);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        var sketch = Sketch([1, 2], 200);

        Assert.Throws<ArgumentOutOfRangeException>(() => SketchComparison.KolmogorovSmirnov(sketch, sketch, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SketchComparison.TotalVariation(sketch, sketch, 1));
        Assert.Throws<ArgumentNullException>(() => SketchComparison.Wasserstein(sketch, null!));
    }

    private static double[] Edges(KllSketch reference)
    {
        double[] probabilities = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
        var edges = new double[probabilities.Length];
        reference.Quantiles(probabilities, edges);
        return edges;
    }

    private static (long[] Reference, long[] Current) Counts(double[] edges, double[] x, double[] y)
    {
        return (Of(x), Of(y));

        long[] Of(double[] values)
        {
            var counts = new long[edges.Length + 1];
            foreach (var value in values)
            {
                counts[edges.Count(edge => edge < value)]++;
            }

            return counts;
        }
    }

    private static double[] Uniforms(ulong seed, int count, double shift)
    {
        var draws = new Draws(seed * 7919);
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
        {
            value = draws.Uniform() + shift;
        }

        return values;
    }

    private static KllSketch Sketch(double[] values, int k)
    {
        var sketch = new KllSketch(k);
        sketch.Add(values);
        return sketch;
    }
}
