namespace MlOps.Statistics;

/// <summary>The steps of two sketches' distribution functions together, in rising order.</summary>
internal static class SketchSteps
{
    /// <summary>One step: a value, and by how much the first function is above the second from it on.</summary>
    public readonly record struct Step(double Value, double Gap);

    /// <summary>The minima and maxima are steps too, so that everything between the outermost values is covered.</summary>
    public static IEnumerable<Step> Of(KllSketch first, KllSketch second)
    {
        var (x, xWeights) = first.SortedView();
        var (y, yWeights) = second.SortedView();
        double[] extremes = [first.Minimum, second.Minimum, first.Maximum, second.Maximum];
        Array.Sort(extremes);
        int i = 0, j = 0, e = 0;
        while (i < x.Length || j < y.Length || e < extremes.Length)
        {
            var value = Math.Min(Math.Min(At(x, i), At(y, j)), At(extremes, e));
            i = Skip(x, i, value);
            j = Skip(y, j, value);
            e = Skip(extremes, e, value);
            yield return new(value, Share(xWeights, i) - Share(yWeights, j));
        }
    }

    private static double At(double[] values, int index) => index < values.Length ? values[index] : double.PositiveInfinity;

    private static int Skip(double[] values, int index, double value)
    {
        while (index < values.Length && values[index] <= value)
        {
            index++;
        }

        return index;
    }

    private static double Share(long[] cumulative, int count) => count == 0 ? 0 : (double)cumulative[count - 1] / cumulative[^1];
}
