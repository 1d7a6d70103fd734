using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MlOps.Data.Profiles;

/// <summary>Counts how often each text came by its UTF-8 bytes, in bounded memory: full, it is read out and emptied.</summary>
/// <param name="bits">The base-2 logarithm of the slots, half of which are used at the most.</param>
internal sealed class TextTally(int bits)
{
    private const int ByteLimit = 256 * 1024;
    private const int ShortLength = 7;
    private const ulong LongMark = 0xFFUL << 56;
    private readonly Slot[] _slots = new Slot[1 << bits];
    private readonly List<byte> _bytes = [];

    public delegate void Reader(ReadOnlySpan<byte> text, long count);

    public int Distinct { get; private set; }

    /// <summary>Counts a text; false, and not counted, when there is no room left for it.</summary>
    public bool TryAdd(ReadOnlySpan<byte> text, long count = 1)
    {
        // Texts of up to seven bytes are their own key; longer ones are known by their hash, and compared.
        var key = text.Length <= ShortLength ? Pack(text) : XxHash3.HashToUInt64(text) | LongMark;
        for (var at = (int)((key * 0x9E3779B97F4A7C15) >> (64 - bits)); ; at = (at + 1) & (_slots.Length - 1))
        {
            ref var slot = ref _slots[at];
            if (slot.Count == 0)
            {
                return TryInsert(ref slot, key, text, count);
            }

            if (slot.Key == key && (text.Length <= ShortLength || BytesOf(slot).SequenceEqual(text)))
            {
                slot.Count += count;
                return true;
            }
        }
    }

    /// <summary>How often the text of the given rank came, the most frequent being 1; 0 when there are fewer.</summary>
    public long CountAtRank(int rank)
    {
        if (Distinct < rank)
        {
            return 0;
        }

        var counts = new long[Distinct];
        var at = 0;
        foreach (var slot in _slots)
        {
            if (slot.Count > 0)
            {
                counts[at++] = slot.Count;
            }
        }

        Array.Sort(counts);
        return counts[^rank];
    }

    /// <summary>How many different texts came more often than so many times.</summary>
    public int CountAbove(long count)
    {
        var above = 0;
        foreach (var slot in _slots)
        {
            above += slot.Count > count ? 1 : 0;
        }

        return above;
    }

    /// <summary>Reads out all texts with their counts, in no order, and forgets them.</summary>
    public void Empty(Reader read)
    {
        Span<byte> packed = stackalloc byte[sizeof(ulong)];
        foreach (ref var slot in _slots.AsSpan())
        {
            if (slot.Count > 0)
            {
                if (slot.Key >= LongMark)
                {
                    read(BytesOf(slot), slot.Count);
                }
                else
                {
                    System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(packed, slot.Key);
                    read(packed[..(int)(slot.Key >> 56)], slot.Count);
                }

                slot = default;
            }
        }

        Distinct = 0;
        _bytes.Clear();
        if (_bytes.Capacity > 2 * ByteLimit)
        {
            _bytes.Capacity = 0;
        }
    }

    // The length in the highest byte, the text below it.
    private static ulong Pack(ReadOnlySpan<byte> text)
    {
        var key = (ulong)text.Length << 56;
        for (var i = 0; i < text.Length; i++)
        {
            key |= (ulong)text[i] << (8 * i);
        }

        return key;
    }

    private bool TryInsert(ref Slot slot, ulong key, ReadOnlySpan<byte> text, long count)
    {
        if (Distinct == _slots.Length / 2 || (_bytes.Count + text.Length > ByteLimit && Distinct > 0))
        {
            return false;
        }

        slot = new Slot { Key = key, Count = count, Start = _bytes.Count, Length = text.Length };
        if (text.Length > ShortLength)
        {
            _bytes.AddRange(text);
        }

        Distinct++;
        return true;
    }

    private ReadOnlySpan<byte> BytesOf(Slot slot) => CollectionsMarshal.AsSpan(_bytes).Slice(slot.Start, slot.Length);

    private struct Slot
    {
        public ulong Key;
        public long Count;
        public int Start;
        public int Length;
    }
}
