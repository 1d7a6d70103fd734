namespace MlOps.Statistics;

/// <summary>The mean squared error of predicted probabilities, from 0 (perfect) to 1.</summary>
/// <remarks>Reference implementation: <c>sklearn.metrics.brier_score_loss</c>. A NaN probability is a missing prediction and is left out.</remarks>
public static class BrierScore
{
    /// <summary>The score over rows; NaN where there is none.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        PairedLabels.Check(probabilities, labels);
        double sum = 0;
        long rows = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (!double.IsNaN(probabilities[i]))
            {
                var error = probabilities[i] - (labels[i] ? 1 : 0);
                sum += error * error;
                rows++;
            }
        }

        return rows == 0 ? double.NaN : sum / rows;
    }
}
