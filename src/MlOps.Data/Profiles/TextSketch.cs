using System.Text;
using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Statistics;

namespace MlOps.Data.Profiles;

/// <summary>
/// Texts: tallied by their bytes; only what fills a tally is hashed, measured, shaped and ranked, once for each different text.
/// </summary>
internal sealed class TextSketch(string name) : ColumnSketch(name, ColumnKind.Text)
{
    private const int ShapeCapacity = 64;
    private TextTally? _texts = new(bits: 13);
    private TextTally? _shapes = new(bits: 10);

    public HyperLogLog Values { get; set; } = new(DistinctPrecision);

    /// <summary>The most frequent texts; null where they are not to be kept.</summary>
    public SpaceSaving? Top { get; set; } = new();

    public SpaceSaving Shapes { get; set; } = new(ShapeCapacity);

    public long EmptyCount { get; set; }

    public int MinLength { get; set; } = int.MaxValue;

    public int MaxLength { get; set; } = -1;

    public long TotalLength { get; set; }

    public override long? Distinct => Top is { IsExact: true } top ? top.Top(top.Capacity).Count : Distinguished(Values);

    public override void Add(IArrowArray array, string dataset)
    {
        var cells = (StringArray)array;
        var texts = new Utf8Column(cells);
        var tally = _texts!;
        var mayMiss = cells.NullCount > 0;
        for (var row = 0; row < cells.Length; row++)
        {
            if (mayMiss && cells.IsNull(row))
            {
                continue;
            }

            if (!tally.TryAdd(texts[row]))
            {
                EmptyTexts();
                tally.TryAdd(texts[row]);
            }
        }

        MissingCount += cells.NullCount;
        Count += cells.Length - cells.NullCount;
    }

    public override void Complete()
    {
        if (_texts is not null)
        {
            EmptyTexts();
            EmptyInto(_shapes!, Shapes, static (_, _) => { });
            (_texts, _shapes) = (null, null);
        }
    }

    public override void Redact()
    {
        base.Redact();
        (Top, Shapes) = (null, new SpaceSaving(ShapeCapacity));
    }

    protected override void Take(ColumnSketch other)
    {
        var texts = (TextSketch)other;
        (_texts, _shapes) = (null, null);
        Values.Merge(texts.Values);
        Top = texts.Top is null ? null : Top;
        Top?.Merge(texts.Top!);
        Shapes.Merge(texts.Shapes);
        EmptyCount += texts.EmptyCount;
        MinLength = Math.Min(MinLength, texts.MinLength);
        MaxLength = Math.Max(MaxLength, texts.MaxLength);
        TotalLength += texts.TotalLength;
    }

    private void EmptyTexts() => EmptyInto(_texts!, Top, Measure);

    private void Measure(ReadOnlySpan<byte> text, long count)
    {
        Values.AddBytes(text);
        Span<byte> shape = stackalloc byte[4 * (TextShape.Longest + 1)];
        var (shapeLength, length) = TextShape.Write(text, shape);
        EmptyCount += length == 0 ? count : 0;
        MinLength = Math.Min(MinLength, length);
        MaxLength = Math.Max(MaxLength, length);
        TotalLength += length * count;
        shape = shape[..shapeLength];
        if (!_shapes!.TryAdd(shape, count))
        {
            EmptyInto(_shapes, Shapes, static (_, _) => { });
            _shapes.TryAdd(shape, count);
        }
    }

    /// <summary>Only the most frequent become strings; of the others their number is enough.</summary>
    private static void EmptyInto(TextTally tally, SpaceSaving? top, TextTally.Reader also)
    {
        Dictionary<string, long> most = new(StringComparer.Ordinal);
        var capacity = top?.Capacity ?? 0;
        var least = tally.Distinct <= capacity ? 0 : tally.CountAtRank(capacity);
        var room = tally.Distinct <= capacity ? 0 : capacity - tally.CountAbove(least);
        long leftOut = 0;
        tally.Empty((text, count) =>
        {
            also(text, count);
            if (top is null)
            {
                return;
            }

            if (count > least || (count == least && room-- > 0))
            {
                var value = Encoding.UTF8.GetString(text);
                most[value] = most.GetValueOrDefault(value) + count;
            }
            else
            {
                leftOut += count;
            }
        });
        if (leftOut > 0 && most.Count < capacity)
        {
            // Texts that are not UTF-8 may have become one: what is left out is then only known to be other.
            most["\uFFFD"] = most.GetValueOrDefault("\uFFFD") + leftOut;
            leftOut = 0;
        }

        top?.AddCounted(most, leftOut);
    }
}
