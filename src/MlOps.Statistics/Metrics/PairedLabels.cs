namespace MlOps.Statistics;

/// <summary>What every metric of probabilities and labels checks first.</summary>
internal static class PairedLabels
{
    public static void Check(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        if (probabilities.Length != labels.Length)
        {
            throw new ArgumentException(
                $"There are {probabilities.Length} probabilities and {labels.Length} labels; give one label per probability.", nameof(labels));
        }
    }
}
