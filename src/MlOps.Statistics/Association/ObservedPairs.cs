namespace MlOps.Statistics;

/// <summary>Copies paired samples without the pairs in which either value is missing.</summary>
internal static class ObservedPairs
{
    public static (double[] X, double[] Y) Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"There are {x.Length} values of x and {y.Length} of y; pairs need as many of both.", nameof(y));
        }

        double[] first = new double[x.Length], second = new double[x.Length];
        var count = 0;
        for (var i = 0; i < x.Length; i++)
        {
            first[count] = x[i] + 0.0;
            second[count] = y[i] + 0.0;
            count += double.IsNaN(x[i]) || double.IsNaN(y[i]) ? 0 : 1;
        }

        Array.Resize(ref first, count);
        Array.Resize(ref second, count);
        return (first, second);
    }
}
