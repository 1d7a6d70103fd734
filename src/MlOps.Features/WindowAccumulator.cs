namespace MlOps.Features;

/// <summary>Aggregates the numbers of one window; training and serving both run it, over the same rows in the same order.</summary>
internal struct WindowAccumulator(FeatureAggregation aggregation)
{
    private double _sum;
    private double _lost;
    private double _least = double.PositiveInfinity;
    private double _greatest = double.NegativeInfinity;
    private long _count;

    /// <summary>The value as this aggregation sees it; NaN is passed over. Counting takes values of any kind.</summary>
    public static double NumberOf(FeatureAggregation aggregation, FeatureValue value) =>
        aggregation == FeatureAggregation.Count ? (value.IsMissing ? double.NaN : 1) : value.AsNumber();

    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        _count++;
        _least = Math.Min(_least, value);
        _greatest = Math.Max(_greatest, value);

        // Neumaier's compensated sum: exact for integers below 2^53, and independent of the order to about 1e-16.
        var next = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - next + value : value - next + _sum;
        _sum = next;
    }

    public readonly FeatureValue Result => Finish(aggregation, double.IsFinite(_sum) ? _sum + _lost : _sum, _count, _least, _greatest);

    /// <summary>Makes the value of a sum and a count that were found in another, equally exact way.</summary>
    public static FeatureValue Finish(FeatureAggregation aggregation, double sum, long count, double least = 0, double greatest = 0) =>
        (aggregation, count) switch
        {
            (FeatureAggregation.Count, _) => FeatureValue.Of((double)count),
            (_, 0) => FeatureValue.Missing,
            (FeatureAggregation.Sum, _) => FeatureValue.Of(sum),
            (FeatureAggregation.Mean, _) => FeatureValue.Of(sum / count),
            (FeatureAggregation.Min, _) => FeatureValue.Of(least),
            _ => FeatureValue.Of(greatest),
        };
}
