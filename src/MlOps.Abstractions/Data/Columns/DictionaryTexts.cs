using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>Turns texts that are numbered by a dictionary into plain ones, a gather of bytes.</summary>
internal static class DictionaryTexts
{
    /// <summary>Texts up to this length are written with one store of eight bytes, of which the next one overwrites what is too much.</summary>
    private const int Short = sizeof(ulong);

    /// <summary>Plain texts in managed memory; null where the dictionary has another form than readers of files give.</summary>
    public static StringArray? Decode(DictionaryArray encoded)
    {
        if (encoded.Indices is not Int32Array indices || encoded.Dictionary is not StringArray { NullCount: 0 } values)
        {
            return null;
        }

        var codes = indices.Values;
        var offsets = new byte[(codes.Length + 1) * sizeof(int)];
        var ends = MemoryMarshal.Cast<byte, int>(offsets.AsSpan());
        var valueEnds = values.ValueOffsets;
        var total = 0L;
        var longest = 0;
        for (var row = 0; row < codes.Length; row++)
        {
            if (indices.NullCount == 0 || indices.IsValid(row))
            {
                var length = valueEnds[codes[row] + 1] - valueEnds[codes[row]];
                longest = Math.Max(longest, length);
                total += length;
            }

            ends[row + 1] = checked((int)total);
        }

        var bytes = new byte[total + Short];
        if (longest <= Short)
        {
            GatherShort(codes, values, ends, bytes);
        }
        else
        {
            for (var row = 0; row < codes.Length; row++)
            {
                if (ends[row + 1] > ends[row])
                {
                    values.Values.Slice(valueEnds[codes[row]], ends[row + 1] - ends[row]).CopyTo(bytes.AsSpan(ends[row]));
                }
            }
        }

        return new StringArray(new ArrayData(
            StringType.Default,
            codes.Length,
            indices.NullCount,
            0,
            [Validity(indices), new ArrowBuffer(offsets), new ArrowBuffer(bytes.AsMemory(0, (int)total))]));
    }

    private static void GatherShort(ReadOnlySpan<int> codes, StringArray values, ReadOnlySpan<int> ends, Span<byte> bytes)
    {
        var words = new ulong[values.Length];
        Span<byte> word = stackalloc byte[Short];
        var valueEnds = values.ValueOffsets;
        for (var i = 0; i < words.Length; i++)
        {
            // One that no row has may be longer.
            word.Clear();
            values.Values.Slice(valueEnds[i], Math.Min(Short, valueEnds[i + 1] - valueEnds[i])).CopyTo(word);
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(word);
        }

        for (var row = 0; row < codes.Length; row++)
        {
            if (ends[row + 1] > ends[row])
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bytes[ends[row]..], words[codes[row]]);
            }
        }
    }

    private static ArrowBuffer Validity(Int32Array indices)
    {
        if (indices.NullCount == 0)
        {
            return ArrowBuffer.Empty;
        }

        var bits = new ArrowBuffer.BitmapBuilder(indices.Length);
        for (var row = 0; row < indices.Length; row++)
        {
            bits.Append(indices.IsValid(row));
        }

        return bits.Build();
    }
}
