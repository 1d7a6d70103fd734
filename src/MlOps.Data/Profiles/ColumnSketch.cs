using System.Runtime.InteropServices;
using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Statistics;

namespace MlOps.Data.Profiles;

/// <summary>What is kept of a column while it is read: a few kilobytes, however long it is.</summary>
internal sealed class ColumnSketch
{
    private const int DistinctPrecision = 14;
    private readonly HyperLogLog _distinct = new(DistinctPrecision);

    public ColumnSketch(string name, ColumnKind kind)
    {
        (Name, Kind) = (name, kind);
        Quantiles = kind == ColumnKind.Number ? new KllSketch() : null;
        Texts = kind == ColumnKind.Text ? new SpaceSaving() : null;
    }

    public string Name { get; }

    public ColumnKind Kind { get; }

    public long Count { get; private set; }

    public long MissingCount { get; private set; }

    public Moments Numbers { get; private set; }

    public KllSketch? Quantiles { get; }

    public SpaceSaving? Texts { get; }

    public int MinLength { get; private set; } = int.MaxValue;

    public int MaxLength { get; private set; } = -1;

    public long FirstTicks { get; private set; } = long.MaxValue;

    public long LastTicks { get; private set; } = long.MinValue;

    public long TrueCount { get; private set; }

    public long? Distinct => Kind switch
    {
        ColumnKind.Other => null,
        ColumnKind.Boolean => (TrueCount > 0 ? 1 : 0) + (TrueCount < Count ? 1 : 0),
        ColumnKind.Text when Texts!.IsExact => Texts.Top(Texts.Capacity).Count,
        _ => Math.Min(Count, (long)Math.Round(_distinct.Estimate())),
    };

    public void Add(RowBatch batch, int column)
    {
        switch (Kind)
        {
            case ColumnKind.Number: AddNumbers(batch, column); break;
            case ColumnKind.Text: AddTexts(batch.Texts(column)); break;
            case ColumnKind.Time: AddTimes(batch.Ticks(column)); break;
            case ColumnKind.Boolean: AddBooleans(batch.Numbers(column)); break;
            default:
                var missing = batch.Batch.Column(column).NullCount;
                MissingCount += missing;
                Count += batch.Length - missing;
                break;
        }
    }

    public static ColumnSketch Merge(ColumnSketch left, ColumnSketch right)
    {
        var merged = new ColumnSketch(left.Name, left.Kind)
        {
            Count = left.Count + right.Count,
            MissingCount = left.MissingCount + right.MissingCount,
            Numbers = left.Numbers.Merge(right.Numbers),
            MinLength = Math.Min(left.MinLength, right.MinLength),
            MaxLength = Math.Max(left.MaxLength, right.MaxLength),
            FirstTicks = Math.Min(left.FirstTicks, right.FirstTicks),
            LastTicks = Math.Max(left.LastTicks, right.LastTicks),
            TrueCount = left.TrueCount + right.TrueCount,
        };
        foreach (var part in (ReadOnlySpan<ColumnSketch>)[left, right])
        {
            merged._distinct.Merge(part._distinct);
            merged.Quantiles?.Merge(part.Quantiles!);
            merged.Texts?.Merge(part.Texts!);
        }

        return merged;
    }

    public ProfileHistogram? Histogram(int bins)
    {
        if (Quantiles is not { Count: > 0 } || !double.IsFinite(Quantiles.Minimum) || !double.IsFinite(Quantiles.Maximum))
        {
            return null;
        }

        var (min, max) = (Quantiles.Minimum, Quantiles.Maximum);
        if (min == max)
        {
            var half = Math.Max(0.5, Math.Abs(min) * 1e-6);
            return new ProfileHistogram([min - half, max + half], [Count]);
        }

        // Neighbouring doubles cannot be cut further: equal edges are one.
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => i == 0 ? min : i == bins ? max : (min * (1 - ((double)i / bins))) + (max * i / bins)).Order().Distinct()];
        var counts = new double[edges.Length - 1];
        var below = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            var upTo = i == counts.Length - 1 ? 1 : Quantiles.Rank(edges[i + 1]);
            counts[i] = Math.Max(0, upTo - below) * Count;
            below = upTo;
        }

        return new ProfileHistogram(edges, counts);
    }

    private void AddNumbers(RowBatch batch, int column)
    {
        // Doubles without nulls are read where they lie.
        var values = batch.Batch.Column(column) is DoubleArray { NullCount: 0 } doubles ? doubles.Values : batch.Numbers(column);
        var moments = Moments.Of(values);
        Numbers = Numbers.Merge(moments);
        Count += moments.Count;
        MissingCount += moments.MissingCount;
        Quantiles!.Add(values);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                _distinct.Add(value);
            }
        }
    }

    private void AddTexts(string?[] texts)
    {
        // Texts repeat: each different one of a batch is hashed and ranked once.
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (text is null)
            {
                MissingCount++;
            }
            else
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, text, out _)++;
                Count++;
            }
        }

        foreach (var (text, count) in counts)
        {
            _distinct.Add(text.AsSpan());
            Texts!.Add(text, count);
            MinLength = Math.Min(MinLength, text.Length);
            MaxLength = Math.Max(MaxLength, text.Length);
        }
    }

    private void AddTimes(long[] ticks)
    {
        foreach (var value in ticks)
        {
            if (value == ColumnReader.MissingTicks)
            {
                MissingCount++;
                continue;
            }

            Count++;
            FirstTicks = Math.Min(FirstTicks, value);
            LastTicks = Math.Max(LastTicks, value);
            _distinct.Add(value);
        }
    }

    private void AddBooleans(double[] values)
    {
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                MissingCount++;
            }
            else
            {
                Count++;
                TrueCount += value > 0 ? 1 : 0;
            }
        }
    }
}
