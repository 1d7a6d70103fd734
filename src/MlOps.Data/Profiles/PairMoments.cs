using System.Numerics;
using System.Runtime.InteropServices;

namespace MlOps.Data.Profiles;

/// <summary>Sums around the means of two columns, over the rows that have both; parts add up (Chan, Golub and LeVeque, 1979).</summary>
internal readonly record struct PairMoments(long Count, double LeftMean, double RightMean, double Left, double Right, double Both)
{
    /// <summary>From -1 to 1; NaN below two pairs, where a column is constant, and where one holds an infinite value.</summary>
    public double Correlation => Count < 2 ? double.NaN : Math.Clamp(Both / Math.Sqrt(Left) / Math.Sqrt(Right), -1, 1);

    public static PairMoments Of(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        // Around a first guess, so that nothing cancels when the values are large and near one another.
        var (count, x, y) = Means(left, right);
        if (count == 0)
        {
            return default;
        }

        var lefts = MemoryMarshal.Cast<double, Vector<double>>(left);
        var rights = MemoryMarshal.Cast<double, Vector<double>>(right);
        var (xMean, yMean) = (new Vector<double>(x), new Vector<double>(y));
        var (xx, yy, xy) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (var i = 0; i < lefts.Length; i++)
        {
            var present = Vector.Equals(lefts[i], lefts[i]) & Vector.Equals(rights[i], rights[i]);
            var u = Vector.ConditionalSelect(present, lefts[i] - xMean, Vector<double>.Zero);
            var v = Vector.ConditionalSelect(present, rights[i] - yMean, Vector<double>.Zero);
            xx += u * u;
            yy += v * v;
            xy += u * v;
        }

        var (l, r, b) = (Vector.Sum(xx), Vector.Sum(yy), Vector.Sum(xy));
        for (var i = lefts.Length * Vector<double>.Count; i < left.Length; i++)
        {
            var (u, v) = (left[i] - x, right[i] - y);
            if (!double.IsNaN(left[i]) && !double.IsNaN(right[i]))
            {
                (l, r, b) = (l + (u * u), r + (v * v), b + (u * v));
            }
        }

        return new PairMoments(count, x, y, l, r, b);
    }

    public PairMoments Merge(PairMoments other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        var (u, v) = (other.LeftMean - LeftMean, other.RightMean - RightMean);
        var share = (double)other.Count / (Count + other.Count);
        var weight = Count * share;
        return new PairMoments(
            Count + other.Count,
            LeftMean + (u * share),
            RightMean + (v * share),
            Left + other.Left + (u * u * weight),
            Right + other.Right + (v * v * weight),
            Both + other.Both + (u * v * weight));
    }

    // From the first pair on, so that the mean of equal values is that value to the last digit: a constant column has no correlation.
    private static (long Count, double Left, double Right) Means(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var first = 0;
        while (first < left.Length && (double.IsNaN(left[first]) || double.IsNaN(right[first])))
        {
            first++;
        }

        if (first == left.Length)
        {
            return default;
        }

        var count = 0L;
        var (x, y) = (left[first], right[first]);
        double xs = 0, ys = 0;
        for (var i = first; i < left.Length; i++)
        {
            var present = !double.IsNaN(left[i]) && !double.IsNaN(right[i]);
            count += present ? 1 : 0;
            xs += present ? left[i] - x : 0;
            ys += present ? right[i] - y : 0;
        }

        return (count, x + (xs / count), y + (ys / count));
    }
}
