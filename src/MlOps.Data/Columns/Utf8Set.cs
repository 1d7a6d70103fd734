using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Apache.Arrow;

namespace MlOps.Data.Columns;

/// <summary>A fixed set of texts, asked for the UTF-8 cells of a column without hashing every byte of them.</summary>
/// <remarks>
/// A text is told apart by its length and its first and last eight bytes, which say everything of one up to sixteen bytes long; the bytes of
/// a longer one are compared.
/// </remarks>
internal sealed class Utf8Set
{
    private readonly byte[]?[] _texts;
    private readonly (ulong First, ulong Last)[] _keys;
    private readonly int _shift;

    public Utf8Set(IReadOnlyCollection<string> values)
    {
        // At most a quarter of the places are taken: most absent texts are known by one look.
        var places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, 4 * values.Count));
        _shift = 64 - BitOperations.Log2((uint)places);
        _texts = new byte[places][];
        _keys = new (ulong, ulong)[places];
        foreach (var value in values)
        {
            var text = Encoding.UTF8.GetBytes(value);
            var key = KeyOf(text, 0, text.Length);
            var place = PlaceOf(key, text.Length);
            while (_texts[place] is { } other && !other.AsSpan().SequenceEqual(text))
            {
                place = (place + 1) & (places - 1);
            }

            (_texts[place], _keys[place]) = (text, key);
        }
    }

    /// <summary>Marks the rows whose text is not in the set.</summary>
    /// <param name="array">The texts.</param>
    /// <param name="rows">The rows to look at.</param>
    /// <param name="marks">Come in cleared.</param>
    public void MarkAbsent(StringArray array, RowBits rows, RowBits marks)
    {
        if (array.Length == 0)
        {
            return;
        }

        var offsets = array.ValueOffsets;
        var bytes = array.Data.Buffers[2].Span;
        foreach (var row in rows)
        {
            var start = offsets[row];
            if (!Contains(bytes, start, offsets[row + 1] - start))
            {
                marks.Set(row);
            }
        }
    }

    public bool Contains(ReadOnlySpan<byte> text) => Contains(text, 0, text.Length);

    private bool Contains(ReadOnlySpan<byte> bytes, int start, int length)
    {
        var key = KeyOf(bytes, start, length);
        var place = PlaceOf(key, length);
        while (_texts[place] is { } text)
        {
            if (text.Length == length && _keys[place] == key && (length <= 16 || bytes.Slice(start, length).SequenceEqual(text)))
            {
                return true;
            }

            place = (place + 1) & (_texts.Length - 1);
        }

        return false;
    }

    private int PlaceOf((ulong First, ulong Last) key, int length) =>
        (int)(((key.First * 0x9E3779B97F4A7C15) ^ ((key.Last + (ulong)length) * 0xC2B2AE3D27D4EB4F)) * 0x9E3779B97F4A7C15 >> _shift);

    // The bytes after a short text belong to the next one: they are read, where the memory goes on, and cut off.
    private static (ulong First, ulong Last) KeyOf(ReadOnlySpan<byte> bytes, int start, int length)
    {
        if (length > 8)
        {
            return (BinaryPrimitives.ReadUInt64LittleEndian(bytes[start..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[(start + length - 8)..]));
        }

        if (length == 0)
        {
            return (0, 0);
        }

        var first = 0UL;
        if (start + 8 <= bytes.Length)
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(bytes[start..]) & (ulong.MaxValue >> (64 - (8 * length)));
        }
        else
        {
            for (var i = 0; i < length; i++)
            {
                first |= (ulong)bytes[start + i] << (8 * i);
            }
        }

        return (first, 0);
    }
}
