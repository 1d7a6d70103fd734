using MlOps.Statistics;

namespace MlOps.Data.Checks.Measures;

/// <summary>Quantiles, exact up to about a thousand values, with a rank error of 0.27 % beyond.</summary>
internal sealed class NumberQuantiles(string column) : NumberMeasure(column)
{
    private const int Capacity = 1024;

    public KllSketch Sketch { get; } = new(Capacity);

    protected override void Add(ReadOnlySpan<double> numbers) => Sketch.Add(numbers);
}
