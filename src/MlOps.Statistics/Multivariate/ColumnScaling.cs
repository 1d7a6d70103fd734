using System.Numerics;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>Standardises columns with the mean and deviation of the rows it was fitted on, so that no single value decides.</summary>
/// <remarks>
/// A value farther than twenty interquartile ranges beyond a quartile is moved there first (in normal data that is 27 deviations): one
/// 1e308 would otherwise make every other value of its column equal. A missing value stands at the mean, 0. Deviations divide by n, as
/// scikit-learn's scaler does.
/// </remarks>
internal sealed class ColumnScaling
{
    private const int QuartileRows = 2048;
    private const double Fence = 20;
    private const double Extreme = 1e150;

    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly double[] _mean;
    private readonly double[] _deviation;

    /// <param name="byColumn">All values of the first column, then those of the second, and so on.</param>
    /// <param name="columns">The number of columns.</param>
    public ColumnScaling(ReadOnlySpan<double> byColumn, int columns)
    {
        (_lower, _upper, _mean, _deviation) = (new double[columns], new double[columns], new double[columns], new double[columns]);
        var rows = byColumn.Length / columns;
        var values = new double[rows];
        for (var c = 0; c < columns; c++)
        {
            var count = 0;
            foreach (var value in byColumn.Slice(c * rows, rows))
            {
                values[count] = value;
                count += double.IsNaN(value) ? 0 : 1;
            }

            var observed = values.AsSpan(0, count);
            (_lower[c], _upper[c]) = Fences(observed);
            System.Numerics.Tensors.TensorPrimitives.Clamp(observed, _lower[c], _upper[c], observed);
            var moments = Moments.Of(observed);
            _mean[c] = count == 0 ? 0 : moments.Mean;
            var deviation = count < 2 ? 0 : Math.Sqrt(moments.Variance * (count - 1) / count);
            _deviation[c] = deviation > 1e-12 * Math.Abs(_mean[c]) ? deviation : 0;
        }
    }

    /// <summary>Gives the standardised value; a constant column's values are 0.</summary>
    public double Of(double value, int column) => double.IsNaN(value) || _deviation[column] == 0
        ? 0
        : (Math.Clamp(value, _lower[column], _upper[column]) - _mean[column]) / _deviation[column];

    /// <summary>Standardises values held column by column in place.</summary>
    public void Apply(Span<double> byColumn)
    {
        var rows = byColumn.Length / _mean.Length;
        for (var c = 0; c < _mean.Length; c++)
        {
            var column = byColumn.Slice(c * rows, rows);
            if (_deviation[c] == 0)
            {
                column.Clear();
                continue;
            }

            var vectors = MemoryMarshal.Cast<double, Vector<double>>(column);
            Vector<double> lower = new(_lower[c]), upper = new(_upper[c]), mean = new(_mean[c]), deviation = new(_deviation[c]);
            foreach (ref var vector in vectors)
            {
                var observed = Vector.Equals(vector, vector);
                var scaled = (Vector.Min(Vector.Max(vector, lower), upper) - mean) / deviation;
                vector = Vector.ConditionalSelect(observed, scaled, Vector<double>.Zero);
            }

            foreach (ref var value in column[(vectors.Length * Vector<double>.Count)..])
            {
                value = Of(value, c);
            }
        }
    }

    private static (double Lower, double Upper) Fences(Span<double> observed)
    {
        var step = Math.Max(1, observed.Length / QuartileRows);
        var sample = new double[(observed.Length + step - 1) / step];
        for (var i = 0; i < sample.Length; i++)
        {
            sample[i] = observed[i * step];
        }

        Array.Sort(sample);
        if (sample.Length == 0)
        {
            return (-Extreme, Extreme);
        }

        double low = sample[sample.Length / 4], high = sample[sample.Length * 3 / 4], range = high - low;
        return range > 0 && range < Extreme
            ? (Math.Max(low - (Fence * range), -Extreme), Math.Min(high + (Fence * range), Extreme))
            : (-Extreme, Extreme);
    }
}
