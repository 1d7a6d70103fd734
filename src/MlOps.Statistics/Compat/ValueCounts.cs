namespace MlOps.Statistics;

/// <summary>Counts of the values of two samples over the values of both.</summary>
internal static class ValueCounts
{
    public static (long[] Reference, long[] Current) Of<T>(IEnumerable<T> reference, IEnumerable<T> current)
        where T : notnull
    {
        var positions = new Dictionary<T, int>();
        var x = new List<long>();
        var y = new List<long>();
        foreach (var (values, isReference) in new[] { (reference, true), (current, false) })
        {
            foreach (var value in values)
            {
                if (!positions.TryGetValue(value, out var at))
                {
                    positions.Add(value, at = x.Count);
                    x.Add(0);
                    y.Add(0);
                }

                (isReference ? x : y)[at]++;
            }
        }

        return ([.. x], [.. y]);
    }

    /// <summary>The values that are finite: the tools drop infinities with missing values.</summary>
    public static double[] Finite(ReadOnlySpan<double> values)
    {
        var finite = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                finite.Add(value);
            }
        }

        return [.. finite];
    }
}
