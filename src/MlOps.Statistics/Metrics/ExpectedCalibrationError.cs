namespace MlOps.Statistics;

/// <summary>The mean distance of predicted probability and observed frequency over equal-width bins, weighted by rows.</summary>
/// <remarks>
/// Source: Naeini, Cooper and Hauskrecht (2015). Bin i holds probabilities p with i = ⌊p·bins⌋, and 1 falls in the last. Under perfect calibration it is
/// above 0 for small samples. A NaN probability is a missing prediction and is left out.
/// </remarks>
public static class ExpectedCalibrationError
{
    /// <summary>The error over rows, from 0 to 1; NaN where there is none.</summary>
    /// <exception cref="ArgumentException">The lengths differ, there is no bin, or a probability lies outside 0 to 1.</exception>
    public static double Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, int bins = 10)
    {
        PairedLabels.Check(probabilities, labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var gaps = new double[bins];
        long rows = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var p = probabilities[i];
            if (double.IsNaN(p))
            {
                continue;
            }

            if (p is < 0 or > 1)
            {
                throw new ArgumentException($"The probability at {i} is {p}; it must lie between 0 and 1.", nameof(probabilities));
            }

            gaps[Math.Min((int)(p * bins), bins - 1)] += p - (labels[i] ? 1 : 0);
            rows++;
        }

        return rows == 0 ? double.NaN : gaps.Sum(Math.Abs) / rows;
    }
}
