using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>Copies whole columns of numbers, dates and times: a copy of bytes, where an appender looks at each cell.</summary>
internal static class FixedWidthCopy
{
    /// <summary>The array that a <see cref="ColumnAppender"/> would build; null where the cells are not whole bytes of one width.</summary>
    public static IArrowArray? Of(IArrowArray array, Field field)
    {
        var data = array.Data;
        if (field.DataType is not FixedWidthType { BitWidth: var bits } || bits % 8 != 0 || data.DataType.TypeId != field.DataType.TypeId)
        {
            return null;
        }

        var width = bits / 8;
        var values = GC.AllocateUninitializedArray<byte>(array.Length * width);
        data.Buffers[1].Span.Slice(data.Offset * width, values.Length).CopyTo(values);
        var validity = Validity(array);
        if (validity.Length > 0)
        {
            ClearMissing(values, width, validity.Span);
        }

        return ArrowArrayFactory.BuildArray(
            new ArrayData(field.DataType, array.Length, array.NullCount, 0, [validity, new ArrowBuffer(values)]));
    }

    /// <summary>A copy of the bits that say which cells are there; empty where all are.</summary>
    public static ArrowBuffer Validity(IArrowArray array)
    {
        if (array.NullCount == 0)
        {
            return ArrowBuffer.Empty;
        }

        var bits = new byte[(array.Length + 7) / 8];
        if (array.Data.Offset % 8 == 0)
        {
            array.Data.Buffers[0].Span.Slice(array.Data.Offset / 8, bits.Length).CopyTo(bits);
            if (array.Length % 8 is var last and not 0)
            {
                bits[^1] &= (byte)((1 << last) - 1);
            }
        }
        else
        {
            for (var row = 0; row < array.Length; row++)
            {
                bits[row >> 3] |= (byte)((array.IsValid(row) ? 1 : 0) << (row & 7));
            }
        }

        return new ArrowBuffer(bits);
    }

    // Equal columns have equal bytes: what lies under a missing cell is zero.
    private static void ClearMissing(Span<byte> values, int width, ReadOnlySpan<byte> validity)
    {
        for (var at = 0; at < validity.Length; at++)
        {
            for (var missing = ~validity[at] & 0xFF; missing != 0; missing &= missing - 1)
            {
                var start = ((8 * at) + BitOperations.TrailingZeroCount(missing)) * width;
                if (start >= values.Length)
                {
                    return;
                }

                values.Slice(start, width).Clear();
            }
        }
    }
}
