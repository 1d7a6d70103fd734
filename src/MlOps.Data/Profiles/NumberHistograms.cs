using MlOps.Statistics;

namespace MlOps.Data.Profiles;

/// <summary>Cuts what a quantile sketch knows into bins.</summary>
internal static class NumberHistograms
{
    // A range this many times as wide squeezes what people look for into a few bins.
    private const double FarOutside = 3;

    public static ProfileHistogram? EqualWidths(KllSketch quantiles, int bins)
    {
        var (min, max) = (quantiles.Minimum, quantiles.Maximum);
        return !double.IsFinite(min) || !double.IsFinite(max) ? null
            : min == max ? Constant(quantiles)
            : Over(quantiles, Enumerable.Range(0, bins + 1).Select(Edge));

        double Edge(int i) => i == 0 ? min : i == bins ? max : (min * (1 - ((double)i / bins))) + (max * i / bins);
    }

    public static ProfileHistogram? EqualCounts(KllSketch quantiles, int bins)
    {
        if (!double.IsFinite(quantiles.Minimum) || !double.IsFinite(quantiles.Maximum))
        {
            return null;
        }

        var edges = new double[bins + 1];
        quantiles.Quantiles([.. Enumerable.Range(0, bins + 1).Select(i => (double)i / bins)], edges);
        return quantiles.Minimum == quantiles.Maximum ? Constant(quantiles) : Over(quantiles, edges);
    }

    /// <summary>Bins of equal width from the 1 % to the 99 % quantile; null where the rest does not lie far outside.</summary>
    public static ProfileHistogram? Middle(KllSketch quantiles, int bins)
    {
        var (lower, upper) = (quantiles.Quantile(0.01), quantiles.Quantile(0.99));
        if (!(upper > lower) || !(quantiles.Maximum - quantiles.Minimum > FarOutside * (upper - lower)))
        {
            return null;
        }

        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => (lower * (1 - ((double)i / bins))) + (upper * i / bins)).Distinct()];
        return new ProfileHistogram(
            edges,
            [
                .. Enumerable.Range(0, edges.Length - 1)
                    .Select(i => Math.Max(0, quantiles.Rank(edges[i + 1]) - quantiles.Rank(edges[i])) * quantiles.Count),
            ]);
    }

    private static ProfileHistogram Constant(KllSketch quantiles)
    {
        var half = Math.Max(0.5, Math.Abs(quantiles.Minimum) * 1e-6);
        return new ProfileHistogram([quantiles.Minimum - half, quantiles.Maximum + half], [quantiles.Count]);
    }

    private static ProfileHistogram Over(KllSketch quantiles, IEnumerable<double> cuts)
    {
        // Neighbouring doubles cannot be cut further, and quantiles may be tied: equal edges are one.
        double[] edges = [.. cuts.Order().Distinct()];
        var counts = new double[edges.Length - 1];
        var below = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            var upTo = i == counts.Length - 1 ? 1 : quantiles.Rank(edges[i + 1]);
            counts[i] = Math.Max(0, upTo - below) * quantiles.Count;
            below = upTo;
        }

        return new ProfileHistogram(edges, counts);
    }
}
