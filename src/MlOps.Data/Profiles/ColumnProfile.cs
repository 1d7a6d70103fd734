using System.Diagnostics;
using MlOps.Data.Profiles;
using MlOps.Statistics;

namespace MlOps.Data;

/// <summary>What the values of one column look like. Immutable.</summary>
[DebuggerDisplay("{Name} ({Type}): {Count} values, {MissingCount} missing")]
public sealed class ColumnProfile
{
    private static readonly double[] Probabilities = [0.05, 0.25, 0.5, 0.75, 0.95];

    internal ColumnProfile(ColumnSketch sketch, DataProfileOptions options)
    {
        Sketch = sketch;
        TopValues = sketch.Texts?.Top(options.TopValues) ?? [];
        Histogram = sketch.Histogram(options.HistogramBins);
        if (sketch.Quantiles is { Count: > 0 } quantiles)
        {
            var values = new double[Probabilities.Length];
            quantiles.Quantiles(Probabilities, values);
            Quantiles = [.. Probabilities.Zip(values, KeyValuePair.Create)];
        }
    }

    /// <summary>The column's name.</summary>
    public string Name => Sketch.Name;

    /// <summary>What kind of value it holds.</summary>
    public ColumnKind Type => Sketch.Kind;

    /// <summary>The values that are not missing.</summary>
    public long Count => Sketch.Count;

    /// <summary>The missing values; NaN counts as missing.</summary>
    public long MissingCount => Sketch.MissingCount;

    /// <summary>The share of missing values, from 0 to 1; 0 without rows.</summary>
    public double MissingShare => Count + MissingCount == 0 ? 0 : (double)MissingCount / (Count + MissingCount);

    /// <summary>How many different values there are: exact for booleans and for up to 256 texts, else within about 2 %. Null for a column of another kind.</summary>
    public long? Distinct => Sketch.Distinct;

    /// <summary>The smallest number; null without numbers.</summary>
    public double? Minimum => Number(Sketch.Numbers.Minimum);

    /// <summary>The largest number; null without numbers.</summary>
    public double? Maximum => Number(Sketch.Numbers.Maximum);

    /// <summary>The mean; null without numbers, NaN with infinities of both signs.</summary>
    public double? Mean => Number(Sketch.Numbers.Mean);

    /// <summary>The sample's standard deviation; null below two numbers.</summary>
    public double? StandardDeviation => Sketch.Numbers.Count < 2 ? null : Sketch.Numbers.StandardDeviation;

    /// <summary>The 5, 25, 50, 75 and 95 % quantiles by probability, with a rank error below 1.4 % (in 99 of 100 cases); empty without numbers.</summary>
    public IReadOnlyList<KeyValuePair<double, double>> Quantiles { get; } = [];

    /// <summary>How the numbers are spread; null without numbers, or when one is infinite.</summary>
    public ProfileHistogram? Histogram { get; }

    /// <summary>The most frequent texts, most frequent first; exact while there are no more than 256 different ones.</summary>
    public IReadOnlyList<HeavyHitter> TopValues { get; }

    /// <summary>The length of the shortest text in UTF-16 code units; null without texts.</summary>
    public int? MinLength => Sketch.MaxLength < 0 ? null : Sketch.MinLength;

    /// <summary>The length of the longest text in UTF-16 code units; null without texts.</summary>
    public int? MaxLength => Sketch.MaxLength < 0 ? null : Sketch.MaxLength;

    /// <summary>The earliest time; null without times.</summary>
    public DateTimeOffset? Earliest => Type == ColumnKind.Time && Count > 0 ? new DateTimeOffset(Sketch.FirstTicks, TimeSpan.Zero) : null;

    /// <summary>The latest time; null without times.</summary>
    public DateTimeOffset? Latest => Type == ColumnKind.Time && Count > 0 ? new DateTimeOffset(Sketch.LastTicks, TimeSpan.Zero) : null;

    /// <summary>The share of true among the booleans, from 0 to 1; null without booleans.</summary>
    public double? TrueShare => Type == ColumnKind.Boolean && Count > 0 ? (double)Sketch.TrueCount / Count : null;

    internal ColumnSketch Sketch { get; }

    private double? Number(double value) => Sketch.Numbers.Count == 0 ? null : value;
}
