using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace MlOps.Sql;

/// <summary>Reads what <see cref="ChunkWriter"/> wrote, and never past its end.</summary>
internal ref struct ChunkReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte ReadByte() => Take(1)[0];

    public ulong ReadNumber()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        ThrowDamaged("a number has no end");
        return 0;
    }

    public long ReadSigned()
    {
        var value = ReadNumber();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            ThrowDamaged("it ends too early");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <param name="values">Takes the values, as many as it is long.</param>
    /// <param name="width">How many bits each has, from 0 to 64.</param>
    public void ReadBits(scoped Span<ulong> values, int width)
    {
        if (width == 0)
        {
            values.Clear();
            return;
        }

        var source = Take(((values.Length * width) + 7) / 8);
        var mask = ulong.MaxValue >> (64 - width);
        var position = 0;
        var i = 0;

        // A value of up to 57 bits lies within the eight bytes from where it begins.
        for (; width <= 57 && i < values.Length && (position >> 3) + sizeof(ulong) <= source.Length; i++, position += width)
        {
            values[i] = (BinaryPrimitives.ReadUInt64LittleEndian(source[(position >> 3)..]) >> (position & 7)) & mask;
        }

        for (; i < values.Length; i++, position += width)
        {
            var held = UInt128.Zero;
            for (var at = position >> 3; at <= (position + width - 1) >> 3; at++)
            {
                held |= (UInt128)source[at] << (8 * (at - (position >> 3)));
            }

            values[i] = (ulong)(held >> (position & 7)) & mask;
        }
    }

    [DoesNotReturn]
    public static void ThrowDamaged(string reason) => throw new InvalidDataException(reason);
}
