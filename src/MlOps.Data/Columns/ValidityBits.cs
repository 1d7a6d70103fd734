using System.Buffers.Binary;

namespace MlOps.Data.Columns;

/// <summary>Reads Arrow's validity bitmaps, which may begin anywhere in a byte.</summary>
internal static class ValidityBits
{
    /// <summary>Copies as many bits as the destination has rows.</summary>
    /// <param name="bitmap">Arrow's bits, the lowest first; may be longer.</param>
    /// <param name="offset">The first bit wanted.</param>
    /// <param name="destination">Is overwritten.</param>
    public static void Copy(ReadOnlySpan<byte> bitmap, int offset, RowBits destination)
    {
        var words = destination.Words;
        var shift = offset & 7;
        var start = offset >> 3;
        for (var i = 0; i < words.Length; i++)
        {
            var at = start + (i * 8);
            var low = Word(bitmap, at);
            words[i] = shift == 0 ? low : (low >> shift) | ((at + 8 < bitmap.Length ? (ulong)bitmap[at + 8] : 0) << (64 - shift));
        }

        destination.Trim();
    }

    private static ulong Word(ReadOnlySpan<byte> bitmap, int at)
    {
        if (at + 8 <= bitmap.Length)
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(bitmap[at..]);
        }

        var word = 0UL;
        for (var i = at; i < bitmap.Length; i++)
        {
            word |= (ulong)bitmap[i] << (8 * (i - at));
        }

        return word;
    }
}
