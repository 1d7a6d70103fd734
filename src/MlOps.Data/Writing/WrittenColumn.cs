using System.Text;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Writing;

/// <summary>The cells of one column of one batch as UTF-8.</summary>
internal sealed class WrittenColumn
{
    private readonly IArrowArray _array;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int[] _ends;
    private readonly bool _mayMiss;

    private WrittenColumn(IArrowArray array, ReadOnlyMemory<byte> bytes, int[] ends, bool isText)
    {
        (_array, _bytes, _ends, IsText) = (array, bytes, ends, isText);
        _mayMiss = array.NullCount > 0;
    }

    /// <summary>Whether the cells are text, in which anything may stand, and not numbers, truth values or times.</summary>
    public bool IsText { get; }

    /// <summary>Whether the cells are numbers or truth values.</summary>
    public bool IsBare { get; private init; }

    public static WrittenColumn Of(IArrowArray array, string column, string dataset)
    {
        var output = new Utf8Output();
        var ends = new int[array.Length + 1];
        switch (array)
        {
            case StringArray a when a.Length > 0:
                var offsets = a.ValueOffsets[..(a.Length + 1)];
                return new(array, a.Data.Buffers[2].Memory, offsets.ToArray(), true);
            case DoubleArray a: return Numbers(a.Values, array, output, ends);
            case FloatArray a: return Numbers(a.Values, array, output, ends);
            case Int64Array a: return Numbers(a.Values, array, output, ends);
            case Int32Array a: return Numbers(a.Values, array, output, ends);
            case Date32Array or Date64Array or TimestampArray:
                var ticks = new long[array.Length];
                new ColumnReader(array, column, dataset).ReadTicks(ticks);
                for (var i = 0; i < ticks.Length; i++)
                {
                    if (ticks[i] != ColumnReader.MissingTicks)
                    {
                        WrittenTime.Add(output, ticks[i], array is TimestampArray);
                    }

                    ends[i + 1] = output.Length;
                }

                return new(array, output.Written, ends, false);
            default:
                var reader = new ColumnReader(array, column, dataset);
                var texts = new string?[array.Length];
                reader.ReadTexts(texts);
                for (var i = 0; i < texts.Length; i++)
                {
                    if (texts[i] is { } text)
                    {
                        output.Advance(Encoding.UTF8.GetBytes(text, output.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length))));
                    }

                    ends[i + 1] = output.Length;
                }

                return new(array, output.Written, ends, reader.Kind == ColumnKind.Text) { IsBare = reader.Kind is ColumnKind.Number or ColumnKind.Boolean };
        }
    }

    public bool IsMissing(int row) => _mayMiss && _array.IsNull(row);

    public ReadOnlySpan<byte> this[int row] => _bytes.Span[_ends[row].._ends[row + 1]];

    private static WrittenColumn Numbers<T>(ReadOnlySpan<T> values, IArrowArray array, Utf8Output output, int[] ends)
        where T : struct, IUtf8SpanFormattable
    {
        var missing = array.NullCount > 0;
        for (var i = 0; i < array.Length; i++)
        {
            if (!missing || array.IsValid(i))
            {
                // The shortest form that reads back as the same number has at most 24 characters.
                values[i].TryFormat(output.Reserve(32), out var written, default, System.Globalization.CultureInfo.InvariantCulture);
                output.Advance(written);
            }

            ends[i + 1] = output.Length;
        }

        return new(array, output.Written, ends, false) { IsBare = true };
    }
}
