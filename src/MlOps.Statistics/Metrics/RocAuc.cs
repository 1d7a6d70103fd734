using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half.</summary>
/// <remarks>Reference implementation: <c>sklearn.metrics.roc_auc_score</c>; by mid-ranks. NaN scores are left out; infinite ones rank as extremes.</remarks>
public static class RocAuc
{
    /// <summary>The area from any monotone scores; NaN unless both classes are present.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        var (scores, positives) = Sorted(probabilities, labels);
        return Sweep(scores, positives).Area;
    }

    /// <summary>The area with DeLong's standard error, a confidence interval and the test that it is above 0.5.</summary>
    /// <remarks>
    /// Source: DeLong, DeLong and Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating characteristic curves"
    /// (Biometrics 1988), in O(n log n) by mid-ranks (Sun and Xu 2014). The interval is area ± z·SE, cut to [0, 1]. The p-value is
    /// P(Z ≥ (area - 0.5) / SE). Where DeLong's variance is smaller than that of ranks without any relation (Mann–Whitney's, corrected for ties), the p-value
    /// takes the latter: a perfect separation of a few rows has DeLong variance 0 and is no certainty.
    /// </remarks>
    /// <param name="probabilities">Any monotone scores.</param>
    /// <param name="labels">True for a positive row.</param>
    /// <param name="confidence">The interval's level, 0.95 by default.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the level lies outside 0 to 1.</exception>
    public static RocAucResult DeLong(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, double confidence = 0.95)
    {
        Confidence.Check(confidence);
        var (scores, positives) = Sorted(probabilities, labels);
        var sweep = Sweep(scores, positives);
        if (sweep.Positives < 2 || sweep.Negatives < 2)
        {
            return new RocAucResult(sweep.Area, double.NaN, double.NaN, double.NaN, 1);
        }

        var deviation = Math.Sqrt(sweep.DeLongVariance);
        var z = Confidence.NormalQuantile(confidence);
        return new RocAucResult(
            sweep.Area, deviation, Math.Max(0, sweep.Area - (z * deviation)), Math.Min(1, sweep.Area + (z * deviation)),
            PValueGreater(sweep.Area, Math.Max(sweep.DeLongVariance, sweep.NullVariance)));
    }

    /// <summary>P(Z ≥ (area - 0.5) / √variance); 1 where all scores are equal.</summary>
    internal static double PValueGreater(double area, double variance)
    {
        if (!(variance > 0))
        {
            return 1;
        }

        var half = Distributions.NormalTwoSided((area - 0.5) / Math.Sqrt(variance)) / 2;
        return area >= 0.5 ? half : 1 - half;
    }

    /// <summary>The area, DeLong's variance of it, and its variance if scores told nothing.</summary>
    internal static (double Area, double DeLongVariance, double NullVariance) Variances(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        var (scores, positives) = Sorted(probabilities, labels);
        var sweep = Sweep(scores, positives);
        return (sweep.Area, sweep.DeLongVariance, sweep.NullVariance);
    }

    private static (double[] Scores, bool[] Positives) Sorted(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        PairedLabels.Check(probabilities, labels);
        var scores = new double[probabilities.Length];
        var positives = new bool[probabilities.Length];
        var rows = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (!double.IsNaN(probabilities[i]))
            {
                scores[rows] = probabilities[i];
                positives[rows++] = labels[i];
            }
        }

        Array.Resize(ref scores, rows);
        Array.Resize(ref positives, rows);
        Array.Sort(scores, positives);
        return (scores, positives);
    }

    /// <summary>One pass over the groups of equal scores; a positive's placement is the share of negatives below it, ties counting half.</summary>
    private static RocSweep Sweep(double[] scores, bool[] positives)
    {
        double total = positives.AsSpan().Count(true), negatives = scores.Length - total;
        double positiveCount = 0, negativeCount = 0, wins = 0, positiveSquares = 0, negativeSquares = 0, ties = 0;
        for (var start = 0; start < scores.Length;)
        {
            double tiedPositive = 0;
            var end = start;
            for (; end < scores.Length && scores[end] == scores[start]; end++)
            {
                tiedPositive += positives[end] ? 1 : 0;
            }

            double tied = end - start, tiedNegative = tied - tiedPositive;
            var below = negativeCount + (tiedNegative / 2);
            var above = total - positiveCount - (tiedPositive / 2);
            wins += tiedPositive * below;
            positiveSquares += tiedPositive * below * below;
            negativeSquares += tiedNegative * above * above;
            ties += (tied * tied * tied) - tied;
            positiveCount += tiedPositive;
            negativeCount += tiedNegative;
            start = end;
        }

        if (total == 0 || negatives == 0)
        {
            return new RocSweep(double.NaN, total, negatives, double.NaN, double.NaN);
        }

        var area = wins / (total * negatives);
        var rows = total + negatives;
        var positivePart = Math.Max(0, (positiveSquares / negatives / negatives) - (total * area * area)) / (total - 1) / total;
        var negativePart = Math.Max(0, (negativeSquares / total / total) - (negatives * area * area)) / (negatives - 1) / negatives;
        return new RocSweep(area, total, negatives, positivePart + negativePart, (rows + 1 - (ties / rows / (rows - 1))) / (12 * total * negatives));
    }

    private readonly record struct RocSweep(double Area, double Positives, double Negatives, double DeLongVariance, double NullVariance);
}
