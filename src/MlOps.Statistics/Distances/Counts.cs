namespace MlOps.Statistics;

/// <summary>What every comparison of two rows of counts checks first.</summary>
internal static class Counts
{
    public static (double Reference, double Current) Totals(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        if (reference.Length != current.Length)
        {
            throw new ArgumentException(
                $"The reference has {reference.Length} categories and the current counts {current.Length}; give both the same categories in the same order.",
                nameof(current));
        }

        return (Total(reference, nameof(reference)), Total(current, nameof(current)));
    }

    /// <summary>count / total - other / otherTotal without cancellation: Kahan's difference of products.</summary>
    public static double ShareDifference(double count, double total, double other, double otherTotal)
    {
        var product = other * total;
        return (Math.FusedMultiplyAdd(count, otherTotal, -product) - Math.FusedMultiplyAdd(other, total, -product)) / (total * otherTotal);
    }

    private static double Total(ReadOnlySpan<long> counts, string name)
    {
        var total = 0.0;
        foreach (var count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, name);
            total += count;
        }

        return total;
    }
}
