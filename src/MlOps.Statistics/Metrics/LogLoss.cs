namespace MlOps.Statistics;

/// <summary>Logarithmic loss (cross-entropy) of predicted probabilities, in nats; lower is better.</summary>
/// <remarks>
/// Probabilities are clipped to [ε, 1 - ε] with ε = 2^-52, as <c>sklearn.metrics.log_loss</c> does for doubles, so that one sure mistake costs
/// about 36 and not infinity. A NaN probability is a missing prediction: its row's loss is NaN and the mean leaves it out.
/// </remarks>
public static class LogLoss
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>The mean loss over rows; NaN where there is none.</summary>
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
                sum += Row(probabilities[i], labels[i]);
                rows++;
            }
        }

        return rows == 0 ? double.NaN : sum / rows;
    }

    /// <summary>Writes the loss of each row, ready for <see cref="PairedPermutation"/>.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the destination is too short.</exception>
    public static void PerRow(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, Span<double> destination)
    {
        PairedLabels.Check(probabilities, labels);
        if (destination.Length < probabilities.Length)
        {
            throw new ArgumentException($"The destination holds {destination.Length} values and {probabilities.Length} are needed.", nameof(destination));
        }

        for (var i = 0; i < probabilities.Length; i++)
        {
            destination[i] = Row(probabilities[i], labels[i]);
        }
    }

    private static double Row(double probability, bool label) => -Math.Log(Math.Clamp(label ? probability : 1 - probability, Epsilon, 1 - Epsilon));
}
