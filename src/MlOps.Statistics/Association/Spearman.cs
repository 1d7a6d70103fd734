namespace MlOps.Statistics;

/// <summary>Spearman's rank correlation coefficient, and the test that it is zero.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.spearmanr</c>: Pearson's coefficient of the average ranks, with the p-value of Student's t with
/// n - 2 degrees of freedom, an approximation below about 20 pairs. A pair with a NaN on either side is left out; infinities rank as
/// extremes. A constant sample or fewer than two pairs leave the coefficient undefined (NaN and 1).
/// </remarks>
public static class Spearman
{
    /// <summary>The coefficient, from -1 to 1, as the statistic and its two-sided p-value.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (first, second) = ObservedPairs.Of(x, y);
        var order = new int[first.Length];
        ReplaceByRanks(ref first, order);
        ReplaceByRanks(ref second, order);
        return Pearson.OfPairs(first, second);
    }

    /// <summary>The coefficient of single-precision values, which are widened, and its two-sided p-value.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Test(WidenedValues.Of(x), WidenedValues.Of(y));

    /// <summary>Puts ranks, tied ones averaged, in the place of the values.</summary>
    private static void ReplaceByRanks(ref double[] values, int[] order)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(values, order);
        var ranks = new double[values.Length];
        for (int start = 0, end; start < values.Length; start = end)
        {
            end = start + 1;
            while (end < values.Length && values[end] == values[start])
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end + 1) / 2.0;
            }
        }

        values = ranks;
    }
}
