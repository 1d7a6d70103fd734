namespace MlOps.Statistics;

/// <summary>The last bits of a stream and how many of them are ones.</summary>
internal sealed class BitWindow(int capacity)
{
    private readonly ulong[] _words = new ulong[(capacity + 63) / 64];
    private int _next;

    public int Capacity { get; } = capacity;

    public int Count { get; private set; }

    public int Ones { get; private set; }

    public bool IsFull => Count == Capacity;

    /// <summary>The bit at an age: 0 is the oldest.</summary>
    public int this[int position]
    {
        get
        {
            var slot = _next - Count + position;
            return Bit(slot < 0 ? slot + Capacity : slot);
        }
    }

    public void Add(int bit)
    {
        if (IsFull)
        {
            Ones -= Bit(_next);
        }
        else
        {
            Count++;
        }

        ref var word = ref _words[_next >> 6];
        word = (word & ~(1UL << _next)) | ((ulong)bit << _next);
        Ones += bit;
        _next = _next + 1 == Capacity ? 0 : _next + 1;
    }

    /// <summary>Forgets all but the youngest.</summary>
    public void KeepLast(int count)
    {
        for (; Count > count; Count--)
        {
            Ones -= this[0];
        }
    }

    public void Write(PayloadWriter writer)
    {
        var bytes = new byte[(Count + 7) / 8];
        for (var i = 0; i < Count; i++)
        {
            bytes[i >> 3] |= (byte)(this[i] << (i & 7));
        }

        writer.Count(Count);
        writer.Block(bytes);
    }

    /// <summary>Fills an empty window with what <see cref="Write"/> wrote.</summary>
    public void Read(ref PayloadReader reader)
    {
        var count = reader.Count();
        var bytes = reader.Block();
        if (count > Capacity || bytes.Length != (count + 7) / 8)
        {
            throw PayloadReader.Damaged();
        }

        for (var i = 0; i < count; i++)
        {
            Add((bytes[i >> 3] >> (i & 7)) & 1);
        }
    }

    private int Bit(int slot) => (int)(_words[slot >> 6] >> slot) & 1;
}
