using System.Diagnostics;

namespace MlOps.Tracking;

/// <summary>
/// The distribution of numbers in at most 160 buckets a sign whose bounds are powers of a base; small, and mergeable without error.
/// </summary>
/// <remarks>
/// The exponential histogram of the OpenTelemetry metrics data model: its bounds do not depend on the data, so two histograms add up to
/// exactly the one of all their values, and one outlier leaves the other values apart. The base is the finest that fits: about 1 %
/// between bounds where the magnitudes span a factor of 5, 9 % over six orders of magnitude.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record ExponentialHistogram
{
    /// <summary>The most buckets a sign.</summary>
    public const int MaximumBuckets = 160;

    private const int FinestScale = 20;

    /// <summary>Bounds are powers of <c>2^(2^-Scale)</c>.</summary>
    public int Scale { get; init; } = FinestScale;

    /// <summary>How many values are finite.</summary>
    public long Count { get; init; }

    /// <summary>The sum of the finite values.</summary>
    public double Sum { get; init; }

    /// <summary>The least finite value; NaN when there is none.</summary>
    public double Minimum { get; init; } = double.NaN;

    /// <summary>The greatest finite value; NaN when there is none.</summary>
    public double Maximum { get; init; } = double.NaN;

    /// <summary>How many values are 0.</summary>
    public long ZeroCount { get; init; }

    /// <summary>How many values are NaN.</summary>
    public long NaNCount { get; init; }

    /// <summary>How many values are positive infinity.</summary>
    public long PositiveInfinityCount { get; init; }

    /// <summary>How many values are negative infinity.</summary>
    public long NegativeInfinityCount { get; init; }

    /// <summary>The values above 0.</summary>
    public ExponentialBuckets Positive { get; init; } = ExponentialBuckets.None;

    /// <summary>The values below 0, by magnitude.</summary>
    public ExponentialBuckets Negative { get; init; } = ExponentialBuckets.None;

    /// <summary>Counts values; 0 values are allowed, and NaN and infinities are counted apart.</summary>
    public static ExponentialHistogram Of(ReadOnlySpan<double> values)
    {
        long zeros = 0, nans = 0, above = 0, below = 0, count = 0;
        var (sum, minimum, maximum) = (0.0, double.PositiveInfinity, double.NegativeInfinity);
        var (positive, negative) = (IndexRange.Empty, IndexRange.Empty);
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                nans += double.IsNaN(value) ? 1 : 0;
                above += double.IsPositiveInfinity(value) ? 1 : 0;
                below += double.IsNegativeInfinity(value) ? 1 : 0;
                continue;
            }

            count++;
            sum += value;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
            switch (value)
            {
                case > 0: positive = positive.With(Index(value)); break;
                case < 0: negative = negative.With(Index(-value)); break;
                default: zeros++; break;
            }
        }

        var shift = Math.Max(positive.Shift(), negative.Shift());
        long[] positives = positive.Counts(shift), negatives = negative.Counts(shift);
        foreach (var value in values)
        {
            if (value > 0 && double.IsFinite(value))
            {
                positives[(Index(value) >> shift) - (positive.First >> shift)]++;
            }
            else if (value < 0 && double.IsFinite(value))
            {
                negatives[(Index(-value) >> shift) - (negative.First >> shift)]++;
            }
        }

        return new ExponentialHistogram
        {
            Scale = FinestScale - shift,
            Count = count,
            Sum = sum,
            Minimum = count == 0 ? double.NaN : minimum,
            Maximum = count == 0 ? double.NaN : maximum,
            ZeroCount = zeros,
            NaNCount = nans,
            PositiveInfinityCount = above,
            NegativeInfinityCount = below,
            Positive = positives.Length == 0 ? ExponentialBuckets.None : new() { Offset = positive.First >> shift, Counts = positives },
            Negative = negatives.Length == 0 ? ExponentialBuckets.None : new() { Offset = negative.First >> shift, Counts = negatives },
        };
    }

    /// <summary>The histogram of all values of both, as if they had been counted together.</summary>
    public ExponentialHistogram Merge(ExponentialHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (positive, negative) = (Range(Positive, other, other.Positive), Range(Negative, other, other.Negative));
        var scale = Math.Min(Scale, other.Scale) - Math.Max(positive.Shift(), negative.Shift());
        return new ExponentialHistogram
        {
            Scale = scale,
            Count = Count + other.Count,
            Sum = Sum + other.Sum,
            Minimum = Count == 0 ? other.Minimum : other.Count == 0 ? Minimum : Math.Min(Minimum, other.Minimum),
            Maximum = Count == 0 ? other.Maximum : other.Count == 0 ? Maximum : Math.Max(Maximum, other.Maximum),
            ZeroCount = ZeroCount + other.ZeroCount,
            NaNCount = NaNCount + other.NaNCount,
            PositiveInfinityCount = PositiveInfinityCount + other.PositiveInfinityCount,
            NegativeInfinityCount = NegativeInfinityCount + other.NegativeInfinityCount,
            Positive = Add(Positive, Scale - scale, other.Positive, other.Scale - scale),
            Negative = Add(Negative, Scale - scale, other.Negative, other.Scale - scale),
        };
    }

    /// <summary>What to draw: how many finite values lie where, from the least to the greatest; empty buckets are left out.</summary>
    public IReadOnlyList<HistogramBar> ToBars()
    {
        var bars = new List<HistogramBar>();
        for (var i = Negative.Counts.Count - 1; i >= 0; i--)
        {
            bars.Add(new(-Bound(Negative.Offset + i + 1), -Bound(Negative.Offset + i), Negative.Counts[i]));
        }

        bars.Add(new(0, 0, ZeroCount));
        for (var i = 0; i < Positive.Counts.Count; i++)
        {
            bars.Add(new(Bound(Positive.Offset + i), Bound(Positive.Offset + i + 1), Positive.Counts[i]));
        }

        bars.RemoveAll(bar => bar.Count == 0);
        return bars;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Count} values from {Minimum:g4} to {Maximum:g4}, mean {Sum / Count:g4}");

    private static int Index(double magnitude) => (int)Math.Ceiling(Math.Log2(magnitude) * (1 << FinestScale)) - 1;

    // The bound of the last bucket may lie beyond the greatest double.
    private double Bound(int index) => Math.Min(Math.Pow(2, Math.ScaleB(index, -Scale)), double.MaxValue);

    private IndexRange Range(ExponentialBuckets own, ExponentialHistogram other, ExponentialBuckets others)
    {
        var scale = Math.Min(Scale, other.Scale);
        var range = IndexRange.Empty;
        range = own.Counts.Count == 0 ? range : range.With(own.Offset >> (Scale - scale)).With(own.Last >> (Scale - scale));
        return others.Counts.Count == 0 ? range : range.With(others.Offset >> (other.Scale - scale)).With(others.Last >> (other.Scale - scale));
    }

    private static ExponentialBuckets Add(ExponentialBuckets left, int leftShift, ExponentialBuckets right, int rightShift)
    {
        var range = IndexRange.Empty;
        range = left.Counts.Count == 0 ? range : range.With(left.Offset >> leftShift).With(left.Last >> leftShift);
        range = right.Counts.Count == 0 ? range : range.With(right.Offset >> rightShift).With(right.Last >> rightShift);
        var counts = range.Counts(0);
        foreach (var (buckets, shift) in new[] { (left, leftShift), (right, rightShift) })
        {
            for (var i = 0; i < buckets.Counts.Count; i++)
            {
                counts[((buckets.Offset + i) >> shift) - range.First] += buckets.Counts[i];
            }
        }

        return counts.Length == 0 ? ExponentialBuckets.None : new ExponentialBuckets { Offset = range.First, Counts = counts };
    }

    private readonly record struct IndexRange(int First, int Last)
    {
        public static IndexRange Empty { get; } = new(int.MaxValue, int.MinValue);

        public IndexRange With(int index) => new(Math.Min(First, index), Math.Max(Last, index));

        /// <summary>How many times two buckets must become one until all fit.</summary>
        public int Shift()
        {
            var shift = 0;
            while (First <= Last && (long)(Last >> shift) - (First >> shift) >= MaximumBuckets)
            {
                shift++;
            }

            return shift;
        }

        public long[] Counts(int shift) => First > Last ? [] : new long[(Last >> shift) - (First >> shift) + 1];
    }
}
