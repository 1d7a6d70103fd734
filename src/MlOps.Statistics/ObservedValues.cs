namespace MlOps.Statistics;

/// <summary>Copies samples without their missing values.</summary>
internal static class ObservedValues
{
    /// <summary>The values that are not NaN, sorted, with negative zero as zero.</summary>
    public static double[] Sorted(ReadOnlySpan<double> values)
    {
        var observed = new double[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                observed[count++] = value + 0.0;
            }
        }

        Array.Resize(ref observed, count);
        Array.Sort(observed);
        return observed;
    }
}
