namespace MlOps.Data.Checks.Measures;

/// <summary>Skewness and excess kurtosis, from central sums that are merged batch by batch.</summary>
/// <remarks>
/// Pébay, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments", 2008. The population
/// values, as <c>scipy.stats.skew</c> and <c>scipy.stats.kurtosis</c> give them by default; a constant column has none (NaN).
/// </remarks>
internal sealed class ShapeMoments(string column) : NumberMeasure(column)
{
    private double _count;
    private double _mean;
    private double _second;
    private double _third;
    private double _fourth;

    public double Skewness => _second > 0 ? Math.Sqrt(_count) * _third / Math.Pow(_second, 1.5) : double.NaN;

    public double Kurtosis => _second > 0 ? (_count * _fourth / (_second * _second)) - 3 : double.NaN;

    protected override void Add(ReadOnlySpan<double> numbers)
    {
        var (count, sum) = (0L, 0.0);
        foreach (var number in numbers)
        {
            if (!double.IsNaN(number))
            {
                count++;
                sum += number;
            }
        }

        if (count == 0)
        {
            return;
        }

        var mean = sum / count;
        var (second, third, fourth) = (0.0, 0.0, 0.0);
        foreach (var number in numbers)
        {
            if (!double.IsNaN(number))
            {
                var distance = number - mean;
                var square = distance * distance;
                second += square;
                third += square * distance;
                fourth += square * square;
            }
        }

        Merge(count, mean, second, third, fourth);
    }

    private void Merge(double count, double mean, double second, double third, double fourth)
    {
        if (_count == 0)
        {
            (_count, _mean, _second, _third, _fourth) = (count, mean, second, third, fourth);
            return;
        }

        var (a, b, n) = (_count, count, _count + count);
        var delta = mean - _mean;
        var step = delta / n;
        _fourth += fourth + (delta * step * step * step * a * b * ((a * a) - (a * b) + (b * b)))
            + (6 * step * step * ((a * a * second) + (b * b * _second)))
            + (4 * step * ((a * third) - (b * _third)));
        _third += third + (delta * step * step * a * b * (a - b)) + (3 * step * ((a * second) - (b * _second)));
        _second += second + (delta * step * a * b);
        _mean += step * b;
        _count = n;
    }
}
