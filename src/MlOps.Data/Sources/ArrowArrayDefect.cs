using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data.Columns;

namespace MlOps.Data.Sources;

/// <summary>Looks whether the buffers of an array that came from a file hold what its length and its offsets promise.</summary>
/// <remarks>The Arrow library takes a file's word for it, and the first look at a cell would then end somewhere else in a range error.</remarks>
internal static class ArrowArrayDefect
{
    private const int ViewBytes = 16;
    private const int LongestInView = 12;

    /// <summary>Throws at the first defect.</summary>
    /// <exception cref="InvalidDataException">Names the column and says what is wrong.</exception>
    public static void ThrowIfAny(RecordBatch batch)
    {
        var fields = batch.Schema.FieldsList;
        if (batch.Arrays.Count() != fields.Count || batch.Length < 0)
        {
            throw new InvalidDataException($"A batch has {batch.Arrays.Count()} columns of {batch.Length} rows where the schema has {fields.Count} columns.");
        }

        for (var i = 0; i < fields.Count; i++)
        {
            var array = batch.Column(i);
            if (array.Length != batch.Length)
            {
                throw new InvalidDataException($"The column '{fields[i].Name}' has {array.Length} cells in a batch of {batch.Length} rows.");
            }

            if (Find(array.Data, array) is { } defect)
            {
                throw new InvalidDataException($"In the column '{fields[i].Name}' {defect}.");
            }
        }
    }

    private static string? Find(ArrayData data, IArrowArray array)
    {
        if (data.Length < 0 || data.Offset < 0 || data.Buffers.Length == 0)
        {
            return data.DataType is NullType ? null : "the length is negative";
        }

        var end = (long)data.Offset + data.Length;
        if (data.DataType is not NullType and not UnionType && !data.Buffers[0].IsEmpty && data.Buffers[0].Length * 8L < end)
        {
            return "the validity bitmap is too short";
        }

        if (data.DataType is not NullType and not UnionType && (array.NullCount > data.Length || (array.NullCount > 0 && data.Buffers[0].IsEmpty)))
        {
            return $"{array.NullCount} of {data.Length} cells are said to be missing, and no validity bitmap says which";
        }

        // Nested columns are never read.
        return data.DataType switch
        {
            DictionaryType => Keys((DictionaryArray)array, end),
            StringType => Offsets<int>(data, end, isText: true),
            BinaryType => Offsets<int>(data, end, isText: false),
            LargeStringType => Offsets<long>(data, end, isText: true),
            LargeBinaryType => Offsets<long>(data, end, isText: false),
            StringViewType or BinaryViewType => Views(data, end),
            FixedWidthType fixedWidth => Width(data, end, fixedWidth.BitWidth),
            _ => null,
        };
    }

    private static string? Width(ArrayData data, long end, int bits) =>
        data.Buffers.Length < 2 || data.Buffers[1].Length * 8L < end * bits ? "there are fewer values than cells" : null;

    private static string? Keys(DictionaryArray array, long end)
    {
        if (Width(array.Data, end, ((FixedWidthType)((DictionaryType)array.Data.DataType).IndexType).BitWidth) is { } few)
        {
            return few;
        }

        if (Find(array.Dictionary.Data, array.Dictionary) is { } defect)
        {
            return $"of the dictionary {defect}";
        }

        var keys = new double[array.Length];
        new ColumnReader(array.Indices, "keys").ReadNumbers(keys);
        foreach (var key in keys)
        {
            if (key < 0 || key >= array.Dictionary.Length)
            {
                return $"the key {key} is outside of the dictionary of {array.Dictionary.Length} values";
            }
        }

        return null;
    }

    private static string? Offsets<T>(ArrayData data, long end, bool isText)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (data.Length == 0)
        {
            return null;
        }

        if (data.Buffers.Length < 3 || data.Buffers[1].Length / Unsafe.SizeOf<T>() < end + 1)
        {
            return "there are fewer offsets than cells";
        }

        var offsets = MemoryMarshal.Cast<byte, T>(data.Buffers[1].Span).Slice(data.Offset, data.Length + 1);
        var last = offsets[0];
        foreach (var offset in offsets)
        {
            if (offset < last || T.IsNegative(offset))
            {
                return "the offsets go back";
            }

            last = offset;
        }

        if (long.CreateSaturating(last) > data.Buffers[2].Length)
        {
            return "the offsets go past the bytes";
        }

        var used = data.Buffers[2].Span[int.CreateTruncating(offsets[0])..int.CreateTruncating(last)];
        return isText && !System.Text.Unicode.Utf8.IsValid(used) ? "a text is not valid UTF-8" : null;
    }

    private static string? Views(ArrayData data, long end)
    {
        if (data.Buffers.Length < 2 || data.Buffers[1].Length / ViewBytes < end)
        {
            return "there are fewer values than cells";
        }

        for (var i = data.Offset; i < end; i++)
        {
            var view = data.Buffers[1].Span.Slice(i * ViewBytes, ViewBytes);
            var length = BinaryPrimitives.ReadInt32LittleEndian(view);
            if (length <= LongestInView)
            {
                if (length < 0)
                {
                    return "a length is negative";
                }

                continue;
            }

            var (buffer, start) = (BinaryPrimitives.ReadInt32LittleEndian(view[8..]), BinaryPrimitives.ReadInt32LittleEndian(view[12..]));
            if (buffer < 0 || buffer + 2L >= data.Buffers.Length || start < 0 || (long)start + length > data.Buffers[buffer + 2].Length)
            {
                return "a value lies outside of the bytes";
            }
        }

        return null;
    }
}
