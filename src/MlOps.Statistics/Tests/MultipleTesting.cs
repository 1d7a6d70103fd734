namespace MlOps.Statistics;

/// <summary>Adjusts p-values for the number of tests.</summary>
/// <remarks>Reference implementation: <c>scipy.stats.false_discovery_control</c> and <c>p.adjust</c> in R.</remarks>
public static class MultipleTesting
{
    /// <summary>
    /// Writes the adjusted p-values, in the order of the input; a test is significant where its adjusted p-value is at most alpha.
    /// </summary>
    /// <remarks>A NaN p-value is a test that was not done: it stays NaN and does not count in the family.</remarks>
    /// <exception cref="ArgumentException">The destination is shorter than the input, or a p-value lies outside 0 to 1.</exception>
    public static void Adjust(ReadOnlySpan<double> pValues, Span<double> adjusted, MultipleTestingCorrection method)
    {
        if (adjusted.Length < pValues.Length)
        {
            throw new ArgumentException(
                $"The destination holds {adjusted.Length} values and {pValues.Length} are needed.", nameof(adjusted));
        }

        var order = new List<int>(pValues.Length);
        for (var i = 0; i < pValues.Length; i++)
        {
            if (double.IsNaN(pValues[i]))
            {
                adjusted[i] = double.NaN;
                continue;
            }

            if (pValues[i] is < 0 or > 1)
            {
                throw new ArgumentException($"The p-value at {i} is {pValues[i]}; a p-value lies between 0 and 1.", nameof(pValues));
            }

            order.Add(i);
        }

        var keys = pValues.ToArray();
        order.Sort((a, b) => keys[a].CompareTo(keys[b]));
        switch (method)
        {
            case MultipleTestingCorrection.None:
                order.ForEach(i => keys[i] = Math.Min(1, keys[i]));
                break;
            case MultipleTestingCorrection.Bonferroni:
                order.ForEach(i => keys[i] = Math.Min(1, keys[i] * order.Count));
                break;
            case MultipleTestingCorrection.Holm:
                StepDown(keys, order);
                break;
            case MultipleTestingCorrection.BenjaminiHochberg:
                StepUp(keys, order);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(method), method, "This is no known correction.");
        }

        foreach (var i in order)
        {
            adjusted[i] = keys[i];
        }
    }

    private static void StepDown(double[] values, List<int> order)
    {
        var largest = 0.0;
        for (var rank = 0; rank < order.Count; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, values[order[rank]] * (order.Count - rank)));
            values[order[rank]] = largest;
        }
    }

    private static void StepUp(double[] values, List<int> order)
    {
        var smallest = 1.0;
        for (var rank = order.Count - 1; rank >= 0; rank--)
        {
            smallest = Math.Min(smallest, values[order[rank]] * order.Count / (rank + 1));
            values[order[rank]] = smallest;
        }
    }
}
