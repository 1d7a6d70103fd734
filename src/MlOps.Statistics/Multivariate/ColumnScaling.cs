namespace MlOps.Statistics;

/// <summary>Standardises columns with the mean and deviation of the rows it was fitted on, so that no single value decides.</summary>
/// <remarks>
/// A value farther than twenty interquartile ranges beyond a quartile is moved there first (in normal data that is 27 deviations): one 1e308 would
/// otherwise make every other value of its column equal. A missing value stands at the mean, 0. Deviations divide by n, as scikit-learn's scaler does.
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

    public ColumnScaling(SampleMatrix rows)
    {
        var columns = rows.Columns;
        (_lower, _upper, _mean, _deviation) = (new double[columns], new double[columns], new double[columns], new double[columns]);
        var values = new double[rows.Rows];
        for (var c = 0; c < columns; c++)
        {
            var count = 0;
            for (var i = 0; i < rows.Rows; i++)
            {
                var value = rows[i][c];
                values[count] = value;
                count += double.IsNaN(value) ? 0 : 1;
            }

            (_lower[c], _upper[c]) = Fences(values.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                values[i] = Math.Clamp(values[i], _lower[c], _upper[c]);
            }

            var moments = Moments.Of(values.AsSpan(0, count));
            _mean[c] = count == 0 ? 0 : moments.Mean;
            var deviation = count < 2 ? 0 : Math.Sqrt(moments.Variance * (count - 1) / count);
            _deviation[c] = deviation > 1e-12 * Math.Abs(_mean[c]) ? deviation : 0;
        }
    }

    public double MeanOf(int column) => _mean[column];

    /// <summary>The deviation of a column; 0 where it is constant or empty.</summary>
    public double DeviationOf(int column) => _deviation[column];

    /// <summary>Gives the standardised value; a constant column's values are 0.</summary>
    public double Of(double value, int column) => double.IsNaN(value) || _deviation[column] == 0
        ? 0
        : (Math.Clamp(value, _lower[column], _upper[column]) - _mean[column]) / _deviation[column];

    /// <summary>The standardised rows, column by column.</summary>
    public double[] ByColumn(SampleMatrix rows)
    {
        var scaled = new double[rows.Values.Length];
        for (var i = 0; i < rows.Rows; i++)
        {
            var row = rows[i];
            for (var c = 0; c < row.Length; c++)
            {
                scaled[(c * rows.Rows) + i] = Of(row[c], c);
            }
        }

        return scaled;
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
