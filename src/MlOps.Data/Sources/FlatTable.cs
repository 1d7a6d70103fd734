using System.Buffers.Binary;

namespace MlOps.Data.Sources;

/// <summary>A table of a FlatBuffer whose every offset is held against the bytes before it is followed.</summary>
/// <remarks>
/// The format (flatbuffers.dev, "Internals"): a table begins with the distance back to its vtable, which begins with its own size and the
/// table's and names for each field the distance from the table's start, 0 where the field is absent. Offsets to other tables and to vectors
/// are unsigned and point forward, so that nothing can contain itself; two of them can still point at the same place.
/// </remarks>
internal readonly ref struct FlatTable
{
    private const int OffsetBytes = sizeof(uint);
    private const int FieldBytes = sizeof(ushort);
    private const int VtableHeader = 2 * FieldBytes;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _at;
    private readonly int _vtable;
    private readonly int _fields;

    private FlatTable(ReadOnlySpan<byte> bytes, int at)
    {
        _bytes = bytes;
        _at = at;
        _vtable = Within(at - (long)BinaryPrimitives.ReadInt32LittleEndian(Part(bytes, at, OffsetBytes)), VtableHeader);
        var size = BinaryPrimitives.ReadUInt16LittleEndian(bytes[_vtable..]);
        _ = Part(bytes, _vtable, size);
        _fields = (size - VtableHeader) / FieldBytes;
    }

    /// <summary>The table that the bytes begin with.</summary>
    /// <exception cref="InvalidDataException">An offset leads outside of the bytes; so for all members.</exception>
    public static FlatTable Root(ReadOnlySpan<byte> bytes) => new(bytes, Follow(bytes, 0));

    /// <summary>A number of a field, or 0 where it is absent.</summary>
    public long Int64(int field) => Position(field) is var at and not 0 ? BinaryPrimitives.ReadInt64LittleEndian(Part(_bytes, at, sizeof(long))) : 0;

    /// <summary>A byte of a field, or 0 where it is absent.</summary>
    public byte Byte(int field) => Position(field) is var at and not 0 ? Part(_bytes, at, 1)[0] : (byte)0;

    /// <summary>The table of a field.</summary>
    /// <returns>Whether it is there.</returns>
    public bool TryTable(int field, out FlatTable table)
    {
        var at = Position(field);
        table = at == 0 ? default : new(_bytes, Follow(_bytes, at));
        return at != 0;
    }

    /// <summary>The elements of a vector of a field, one after the other; empty where it is absent.</summary>
    public ReadOnlySpan<byte> Vector(int field, int elementBytes)
    {
        if (Position(field) is var at && at == 0)
        {
            return [];
        }

        var start = Follow(_bytes, at);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(Part(_bytes, start, OffsetBytes));
        return Part(_bytes, start + (long)OffsetBytes, count * (long)elementBytes);
    }

    /// <summary>How many tables the vector of a field has.</summary>
    public int Count(int field) => Vector(field, OffsetBytes).Length / OffsetBytes;

    /// <summary>One table of the vector of a field.</summary>
    public FlatTable Table(int field, int index)
    {
        var at = Follow(_bytes, Position(field)) + OffsetBytes + (index * OffsetBytes);
        return new(_bytes, Follow(_bytes, at));
    }

    private static int Follow(ReadOnlySpan<byte> bytes, int at)
    {
        var to = at + (long)BinaryPrimitives.ReadUInt32LittleEndian(Part(bytes, at, OffsetBytes));
        _ = Part(bytes, to, OffsetBytes);
        return (int)to;
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, long start, long length) =>
        start >= 0 && start + length <= bytes.Length
            ? bytes.Slice((int)start, (int)length)
            : throw new InvalidDataException($"its description names {length} bytes at {start} and has {bytes.Length}");

    private int Position(int field)
    {
        if (field >= _fields)
        {
            return 0;
        }

        var distance = BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(_vtable + VtableHeader + (field * FieldBytes))..]);
        return distance == 0 ? 0 : Within(_at + (long)distance, 1);
    }

    private int Within(long start, long length)
    {
        _ = Part(_bytes, start, length);
        return (int)start;
    }
}
