using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Statistics;

namespace MlOps.Data.Profiles;

/// <summary>Numbers: while they are few different ones they are tallied, else they go into the sketches one by one.</summary>
internal sealed class NumberSketch(string name) : ColumnSketch(name, ColumnKind.Number)
{
    private NumberTally? _tally = new();

    public CentralMoments Moments { get; set; }

    public KllSketch Quantiles { get; set; } = new();

    public HyperLogLog Values { get; set; } = new(DistinctPrecision);

    /// <summary>
    /// The most frequent numbers in their shortest form; null where there are too many different ones to be worth counting.
    /// </summary>
    public SpaceSaving? Top { get; set; } = new();

    public long ZeroCount { get; set; }

    public long NegativeCount { get; set; }

    public bool IsWhole { get; set; } = true;

    public override long? Distinct => Top is { IsExact: true } top ? top.Top(top.Capacity).Count : Distinguished(Values);

    public override void Add(IArrowArray array, string dataset)
    {
        var inPlace = InPlace(array);
        Span<double> run = stackalloc double[RunLength];
        var reader = new ColumnReader(array, Name, dataset);
        for (var start = 0; start < array.Length; start += RunLength)
        {
            var length = Math.Min(RunLength, array.Length - start);
            if (inPlace.IsEmpty)
            {
                reader.ReadNumbers(run[..length], start);
                Add(run[..length]);
            }
            else
            {
                Add(inPlace.Slice(start, length));
            }
        }
    }

    public override void Complete()
    {
        if (_tally is { } tally)
        {
            var (values, counts) = tally.Counted();
            Top!.AddCounted([.. values.Zip(counts, (value, count) => KeyValuePair.Create(Text(value), count))]);
            Release();
        }
    }

    public override void Redact()
    {
        base.Redact();
        Top = null;
    }

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    protected override void Take(ColumnSketch other)
    {
        var numbers = (NumberSketch)other;
        _tally = null;
        Moments = Moments.Merge(numbers.Moments);
        Quantiles.Merge(numbers.Quantiles);
        Values.Merge(numbers.Values);
        Top = numbers.Top is null ? null : Top;
        Top?.Merge(numbers.Top!);
        if (Top is { IsExact: false } && Values.Estimate() > NumberTally.Limit)
        {
            // As of numbers that came in one part.
            Top = null;
        }

        ZeroCount += numbers.ZeroCount;
        NegativeCount += numbers.NegativeCount;
        IsWhole &= numbers.IsWhole;
    }

    private void Add(ReadOnlySpan<double> values)
    {
        var moments = CentralMoments.Of(values);
        Moments = Moments.Merge(moments);
        Count += moments.Count;
        MissingCount += values.Length - moments.Count;
        CountTraits(values);
        if (_tally is { } tally)
        {
            values = values[tally.Add(values)..];
            if (values.IsEmpty)
            {
                return;
            }

            Top = null;
            Release();
        }

        Quantiles.Add(values);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                Values.Add(value);
            }
        }
    }

    private void Release()
    {
        var (values, counts) = _tally!.Counted();
        Quantiles.Add(values, counts);
        Values.Add(values);
        _tally = null;
    }

    private void CountTraits(ReadOnlySpan<double> values)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var (zeros, negatives, broken) = (Vector<long>.Zero, Vector<long>.Zero, Vector<long>.Zero);
        foreach (var vector in vectors)
        {
            // True is −1 in every lane.
            zeros -= Vector.Equals(vector, Vector<double>.Zero);
            negatives -= Vector.LessThan(vector, Vector<double>.Zero);
            broken |= Vector.LessThan(Vector.Floor(vector), vector);
        }

        ZeroCount += Vector.Sum(zeros);
        NegativeCount += Vector.Sum(negatives);
        IsWhole &= broken == Vector<long>.Zero;
        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
        {
            ZeroCount += value == 0 ? 1 : 0;
            NegativeCount += value < 0 ? 1 : 0;
            IsWhole &= !(Math.Floor(value) < value);
        }
    }
}
