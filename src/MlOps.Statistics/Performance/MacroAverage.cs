namespace MlOps.Statistics;

/// <summary>One metric's average over classes, with each class's gradient for the variance.</summary>
internal sealed class MacroAverage(int classes, int rows)
{
    private readonly double[][] _gradients = new double[classes][];
    private double _sum;
    private int _defined;

    public delegate double Metric(Span<double> gradient);

    public void Add(int k, Metric metric)
    {
        _gradients[k] = new double[rows];
        var value = metric(_gradients[k]);
        if (!double.IsNaN(value))
        {
            _sum += value;
            _defined++;
        }
    }

    public MetricEstimate Estimate(double[][] chances, double z) => Estimate(_sum / _defined, _gradients, _defined, chances, z);

    /// <summary>
    /// A label is one draw from its row's chances: the variance of the sum of its gradients' entries, over the square of the number of
    /// terms.
    /// </summary>
    public static MetricEstimate Estimate(double value, double[][] gradients, int terms, double[][] chances, double z)
    {
        double variance = 0;
        for (var i = 0; i < gradients[0].Length; i++)
        {
            double mean = 0, square = 0;
            for (var k = 0; k < gradients.Length; k++)
            {
                mean += chances[k][i] * gradients[k][i];
                square += chances[k][i] * gradients[k][i] * gradients[k][i];
            }

            variance += Math.Max(0, square - (mean * mean));
        }

        return MetricEstimate.Of(value, double.IsNaN(value) ? double.NaN : Math.Sqrt(variance) / terms, z, 0, 1);
    }
}
