using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Compares the streams behind two quantile sketches; every answer is an interval that includes the sketches' own error.</summary>
/// <remarks>
/// <para>
/// The distribution function of a stream is within <see cref="KllSketch.NormalizedRankError"/> of its sketch's everywhere with 99 %, and
/// exact outside its minimum and maximum; so the truth lies in an interval given here with at least 98 %. A test that reads a sketch as if
/// it were the data takes the sketch's error for drift: at a million rows and k = 1,024 it flags most pairs that do not differ. Where the
/// interval cannot decide, a larger k does: it must make the error small against √(1/n + 1/m).
/// </para>
/// <para>
/// While a sketch is exact (<see cref="KllSketch.IsExact"/>) it adds no error. An empty sketch gives bounds of NaN. Distances over bins use
/// quantiles of the reference sketch as edges, a bin including its upper edge and the outer two being open.
/// </para>
/// </remarks>
public static class SketchComparison
{
    /// <summary>The two-sample Kolmogorov–Smirnov test on the streams behind two sketches.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="current">What is compared with it.</param>
    /// <param name="level">The level of the decision, above 0 and below 1.</param>
    public static SketchTestResult KolmogorovSmirnov(KllSketch reference, KllSketch current, double level = 0.05)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        if (!(level is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
        }

        if (reference.Count == 0 || current.Count == 0)
        {
            return new(StatisticInterval.Undefined, new(0, 1), SketchDecision.Undecided);
        }

        StatisticInterval statistic, pValue;
        if (reference.IsExact && current.IsExact)
        {
            var test = Statistics.KolmogorovSmirnov.Test(reference.SortedView().Values, current.SortedView().Values);
            (statistic, pValue) = (new(test.Statistic, test.Statistic), new(test.PValue, test.PValue));
        }
        else
        {
            var observed = 0.0;
            foreach (var step in SketchSteps.Of(reference, current))
            {
                observed = Math.Max(observed, Math.Abs(step.Gap));
            }

            var error = RankError(reference) + RankError(current);
            statistic = new(Math.Max(0, observed - error), Math.Min(1, observed + error));
            pValue = new(PValue(statistic.Upper, reference.Count, current.Count), PValue(statistic.Lower, reference.Count, current.Count));
        }

        var decision = pValue.Upper <= level ? SketchDecision.Drift
            : pValue.Lower > level ? SketchDecision.NoDrift : SketchDecision.Undecided;
        return new(statistic, pValue, decision);
    }

    /// <summary>The first Wasserstein distance of the streams, in the unit of the data; its upper bound is infinite where an extreme
    /// is.</summary>
    public static StatisticInterval Wasserstein(KllSketch reference, KllSketch current)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        if (reference.Count == 0 || current.Count == 0)
        {
            return StatisticInterval.Undefined;
        }

        double lower = 0, upper = 0, from = 0, error = 0, gap = 0;
        foreach (var step in SketchSteps.Of(reference, current))
        {
            // Between two steps both distribution functions of the sketches are flat.
            lower += Area(Math.Max(0, gap - error), from, step.Value);
            upper += Area(Math.Min(1, gap + error), from, step.Value);
            (from, gap) = (step.Value, Math.Abs(step.Gap));
            error = ErrorAt(reference, from) + ErrorAt(current, from);
        }

        return new(lower, upper);
    }

    /// <summary>The population stability index over quantile bins of the reference; an empty bin is taken to hold half a row.</summary>
    /// <param name="reference">The reference, whose quantiles are the edges.</param>
    /// <param name="current">What is compared with it.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together.</param>
    public static StatisticInterval PopulationStabilityIndex(KllSketch reference, KllSketch current, int bins = 10) =>
        OverBins(reference, current, bins, static (p, q) => (q - p) * Math.Log(q / p), half: true);

    /// <summary>The Jensen–Shannon distance with logarithms of base 2, from 0 to 1, over quantile bins of the reference.</summary>
    /// <param name="reference">The reference, whose quantiles are the edges.</param>
    /// <param name="current">What is compared with it.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together.</param>
    public static StatisticInterval JensenShannon(KllSketch reference, KllSketch current, int bins = 10)
    {
        var (lower, upper) = OverBins(
            reference, current, bins, static (p, q) => (Information(p, (p + q) / 2) + Information(q, (p + q) / 2)) / 2, half: false);
        return new(Math.Sqrt(Math.Clamp(lower, 0, 1)), Math.Sqrt(Math.Clamp(upper, 0, 1)));
    }

    /// <summary>The total variation distance, from 0 to 1, over quantile bins of the reference.</summary>
    /// <param name="reference">The reference, whose quantiles are the edges.</param>
    /// <param name="current">What is compared with it.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together.</param>
    public static StatisticInterval TotalVariation(KllSketch reference, KllSketch current, int bins = 10)
    {
        var (lower, upper) = OverBins(reference, current, bins, static (p, q) => Math.Abs(p - q) / 2, half: false);
        return new(lower, Math.Min(1, upper));
    }

    /// <summary>The edges between quantile bins of the reference, tied ones once.</summary>
    private static double[] Edges(KllSketch reference, int bins)
    {
        var probabilities = new double[bins - 1];
        for (var bin = 1; bin < bins; bin++)
        {
            probabilities[bin - 1] = (double)bin / bins;
        }

        var edges = new double[bins - 1];
        reference.Quantiles(probabilities, edges);
        return [.. edges.Distinct()];
    }

    // Every distance here is a sum of terms that grow as the two shares of a bin move apart, so that its ends are at corners of what they
    // can be.
    private static StatisticInterval OverBins(
        KllSketch reference, KllSketch current, int bins, Func<double, double, double> term, bool half)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        if (reference.Count == 0 || current.Count == 0)
        {
            return StatisticInterval.Undefined;
        }

        double lower = 0, upper = 0;
        var edges = Edges(reference, bins);
        for (var bin = 0; bin <= edges.Length; bin++)
        {
            var from = bin == 0 ? (double?)null : edges[bin - 1];
            var to = bin == edges.Length ? (double?)null : edges[bin];
            var p = Share(reference, from, to, half);
            var q = Share(current, from, to, half);
            lower += q.Lower > p.Upper ? term(p.Upper, q.Lower) : p.Lower > q.Upper ? term(p.Lower, q.Upper) : 0;
            upper += Math.Max(term(p.Lower, q.Upper), term(p.Upper, q.Lower));
        }

        return new(lower, upper);
    }

    private static StatisticInterval Share(KllSketch sketch, double? from, double? to, bool half)
    {
        var below = from is { } start ? sketch.Rank(start) : 0;
        var upTo = to is { } end ? sketch.Rank(end) : 1;
        var error = (from is { } low ? ErrorAt(sketch, low) : 0) + (to is { } high ? ErrorAt(sketch, high) : 0);
        var least = half ? 0.5 / sketch.Count : 0;
        return new(Math.Max(least, upTo - below - error), Math.Clamp(upTo - below + error, least, 1));
    }

    private static double RankError(KllSketch sketch) => sketch.IsExact ? 0 : sketch.NormalizedRankError;

    // Below the minimum and from the maximum on the distribution function is known.
    private static double ErrorAt(KllSketch sketch, double value) =>
        value < sketch.Minimum || value >= sketch.Maximum ? 0 : RankError(sketch);

    private static double Area(double height, double from, double to) => height == 0 || from == to ? 0 : height * (to - from);

    private static double Information(double share, double mixture) => share == 0 ? 0 : share * Math.Log2(share / mixture);

    private static double PValue(double statistic, long n, long m) =>
        statistic <= 0 ? 1 : Kolmogorov.Survival(Math.Max(1, Math.Round((double)n * m / ((double)n + m))), statistic);
}
