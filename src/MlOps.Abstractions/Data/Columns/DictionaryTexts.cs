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

        var ends = values.ValueOffsets;
        var lengths = new int[values.Length];
        var longest = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = ends[i + 1] - ends[i];
            longest = Math.Max(longest, lengths[i]);
        }

        var offsets = GC.AllocateUninitializedArray<byte>((indices.Length + 1) * sizeof(int));
        var starts = MemoryMarshal.Cast<byte, int>(offsets.AsSpan());
        starts[0] = 0;
        var bytes = longest <= Short
            ? GatherShort(indices, values, lengths, longest, starts)
            : GatherLong(indices, values, lengths, starts);
        return new StringArray(new ArrayData(
            StringType.Default,
            indices.Length,
            indices.NullCount,
            0,
            [FixedWidthCopy.Validity(indices), new ArrowBuffer(offsets), new ArrowBuffer(bytes)]));
    }

    /// <summary>One pass: there is room for the longest text in each row.</summary>
    private static ReadOnlyMemory<byte> GatherShort(
        Int32Array indices, StringArray values, ReadOnlySpan<int> lengths, int longest, Span<int> starts)
    {
        var words = new ulong[lengths.Length];
        Span<byte> word = stackalloc byte[Short];
        for (var i = 0; i < words.Length; i++)
        {
            word.Clear();
            values.Values.Slice(values.ValueOffsets[i], lengths[i]).CopyTo(word);
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(word);
        }

        var codes = indices.Values;
        var mayMiss = indices.NullCount > 0;
        var bytes = GC.AllocateUninitializedArray<byte>(checked((codes.Length * longest) + Short));
        var end = 0;
        for (var row = 0; row < codes.Length; row++)
        {
            if (!mayMiss || indices.IsValid(row))
            {
                var code = codes[row];
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(end), words[code]);
                end += lengths[code];
            }

            starts[row + 1] = end;
        }

        return bytes.AsMemory(0, end);
    }

    private static ReadOnlyMemory<byte> GatherLong(Int32Array indices, StringArray values, ReadOnlySpan<int> lengths, Span<int> starts)
    {
        var codes = indices.Values;
        var mayMiss = indices.NullCount > 0;
        for (var row = 0; row < codes.Length; row++)
        {
            starts[row + 1] = checked(starts[row] + (!mayMiss || indices.IsValid(row) ? lengths[codes[row]] : 0));
        }

        var bytes = GC.AllocateUninitializedArray<byte>(starts[^1]);
        for (var row = 0; row < codes.Length; row++)
        {
            var length = starts[row + 1] - starts[row];
            if (length > 0)
            {
                values.Values.Slice(values.ValueOffsets[codes[row]], length).CopyTo(bytes.AsSpan(starts[row]));
            }
        }

        return bytes;
    }
}
