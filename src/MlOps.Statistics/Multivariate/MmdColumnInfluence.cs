using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The discrepancy with and without each column, from one pass over the pairs of a subsample.</summary>
internal static class MmdColumnInfluence
{
    private const int RowsPerSide = 500;

    public static double[] Of(double[] x, double[] y, int columns, double bandwidth, int seed)
    {
        var influence = new double[columns];
        var random = new SplitMix64((ulong)seed);
        double[] first = Subsample(x, columns, ref random), second = Subsample(y, columns, ref random);
        int n = first.Length / columns, m = second.Length / columns;
        double[] rows = [.. first, .. second];
        if (n == 0 || m == 0 || double.IsNaN(bandwidth))
        {
            return influence;
        }

        var squares = new double[columns];
        for (var i = 0; i < n + m; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var weight = 2 * (i < n ? 1.0 / n / n : j >= n ? 1.0 / m / m : -1.0 / n / m);
                double sum = 0;
                for (var c = 0; c < columns; c++)
                {
                    var difference = (rows[(i * columns) + c] - rows[(j * columns) + c]) / bandwidth;
                    squares[c] = difference * difference;
                    sum += squares[c];
                }

                var kernel = Math.Exp(-0.5 * sum);
                for (var c = 0; c < columns; c++)
                {
                    influence[c] += weight * (kernel - Math.Exp(-0.5 * Without(sum, squares, c)));
                }
            }
        }

        return influence;
    }

    /// <summary>The sum of all squares but one; summed anew where one so large that it hides the others is the one left out.</summary>
    private static double Without(double sum, double[] squares, int left)
    {
        if (squares[left] < 1e6)
        {
            return sum - squares[left];
        }

        double others = 0;
        for (var c = 0; c < squares.Length; c++)
        {
            others += c == left ? 0 : squares[c];
        }

        return others;
    }

    private static double[] Subsample(double[] rows, int columns, ref SplitMix64 random)
    {
        var order = SampleRows.Shuffled(rows.Length / columns, ref random);
        var kept = Math.Min(order.Length, RowsPerSide);
        var sample = new double[kept * columns];
        for (var i = 0; i < kept; i++)
        {
            rows.AsSpan(order[i] * columns, columns).CopyTo(sample.AsSpan(i * columns));
        }

        return sample;
    }
}
