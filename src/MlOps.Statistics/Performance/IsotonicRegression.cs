namespace MlOps.Statistics;

/// <summary>
/// The non-decreasing function of one variable that fits best by weighted least squares, by pooling adjacent violators (PAVA).
/// </summary>
/// <remarks>
/// Reference implementation: <c>sklearn.isotonic.IsotonicRegression(out_of_bounds="clip")</c>. Equal x are one point, their weighted mean;
/// between points the function is linear; beyond the first and last point it is constant. Source: Barlow, Bartholomew, Bremner and Brunk,
/// "Statistical Inference under Order Restrictions" (1972). Immutable: safe to share between threads.
/// </remarks>
public sealed class IsotonicRegression
{
    private readonly double[] _x;
    private readonly double[] _y;

    private IsotonicRegression(double[] x, double[] y)
    {
        _x = x;
        _y = y;
    }

    /// <summary>The points between which the function is linear, ascending.</summary>
    public IReadOnlyList<double> Thresholds => _x;

    /// <summary>The function's value at each threshold, never decreasing.</summary>
    public IReadOnlyList<double> Values => _y;

    /// <summary>Fits y as a function of x. Points with a NaN in x or y, or a weight of 0, are left out.</summary>
    /// <param name="x">The variable; ±infinity is an ordinary extreme value.</param>
    /// <param name="y">The value to fit at each x; finite.</param>
    /// <param name="weights">A weight of at least 0 for each point; empty weighs all alike.</param>
    /// <exception cref="ArgumentException">The lengths differ, a weight is negative, or no point is left.</exception>
    public static IsotonicRegression Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default)
    {
        if (x.Length != y.Length || (weights.Length != 0 && weights.Length != x.Length))
        {
            throw new ArgumentException(
                $"There are {x.Length} x, {y.Length} y and {weights.Length} weights; give one of each per point.", nameof(y));
        }

        var keys = new double[x.Length];
        var points = new (double Y, double Weight)[x.Length];
        var count = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var weight = weights.Length == 0 ? 1 : weights[i];
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            if (!double.IsNaN(x[i]) && !double.IsNaN(y[i]) && weight > 0)
            {
                keys[count] = x[i] + 0.0;
                points[count++] = (y[i], weight);
            }
        }

        if (count == 0)
        {
            throw new ArgumentException("There is no point with a value and a weight; give at least one.", nameof(x));
        }

        Array.Sort(keys, points, 0, count);
        return Pool(keys, points, count);
    }

    /// <summary>The fitted value at x; NaN at NaN.</summary>
    public double Predict(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        var at = Array.BinarySearch(_x, x);
        if (at >= 0)
        {
            return _y[at];
        }

        at = ~at;
        if (at == 0 || at == _x.Length)
        {
            return _y[Math.Max(0, at - 1)];
        }

        if (_y[at] == _y[at - 1] || double.IsInfinity(_x[at - 1]) || double.IsInfinity(_x[at]))
        {
            return double.IsInfinity(_x[at - 1]) ? _y[at] : _y[at - 1];
        }

        return _y[at - 1] + ((x - _x[at - 1]) / (_x[at] - _x[at - 1]) * (_y[at] - _y[at - 1]));
    }

    /// <summary>Writes the fitted value at every x.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void Predict(ReadOnlySpan<double> x, Span<double> destination)
    {
        if (destination.Length < x.Length)
        {
            throw new ArgumentException(
                $"The destination holds {destination.Length} values and {x.Length} are needed.", nameof(destination));
        }

        for (var i = 0; i < x.Length; i++)
        {
            destination[i] = Predict(x[i]);
        }
    }

    private static IsotonicRegression Pool(double[] keys, (double Y, double Weight)[] points, int count)
    {
        var blocks = new (double Mean, double Weight, int Points)[count];
        var distinct = new double[count];
        int top = 0, unique = 0;
        for (var start = 0; start < count;)
        {
            double sum = 0, weight = 0;
            var end = start;
            for (; end < count && keys[end] == keys[start]; end++)
            {
                sum += points[end].Y * points[end].Weight;
                weight += points[end].Weight;
            }

            distinct[unique++] = keys[start];
            blocks[top++] = (sum / weight, weight, 1);
            while (top > 1 && blocks[top - 2].Mean >= blocks[top - 1].Mean)
            {
                var (left, right) = (blocks[top - 2], blocks[top - 1]);
                var both = left.Weight + right.Weight;
                blocks[--top - 1] = (((left.Mean * left.Weight) + (right.Mean * right.Weight)) / both, both, left.Points + right.Points);
            }

            start = end;
        }

        var x = new List<double>();
        var y = new List<double>();
        var position = 0;
        for (var b = 0; b < top; b++)
        {
            x.Add(distinct[position]);
            y.Add(blocks[b].Mean);
            position += blocks[b].Points;
            if (blocks[b].Points > 1)
            {
                x.Add(distinct[position - 1]);
                y.Add(blocks[b].Mean);
            }
        }

        return new IsotonicRegression([.. x], [.. y]);
    }
}
