using System.Buffers;
using System.Buffers.Binary;

namespace MlOps.Sql;

/// <summary>Bytes of a chunk in the making, in rented memory.</summary>
internal sealed class ChunkWriter : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void WriteByte(byte value) => Extend(1)[0] = value;

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Extend(sizeof(uint)), value);

    /// <summary>Seven bits a byte, the least first; the top bit says that more follow.</summary>
    public void WriteNumber(ulong value)
    {
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    /// <summary>A signed number: small ones of either sign take few bytes.</summary>
    public void WriteSigned(long value) => WriteNumber((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>The low bits of each value, one after the other, the least significant first.</summary>
    public void WriteBits(ReadOnlySpan<ulong> values, int width)
    {
        if (width == 0)
        {
            return;
        }

        var target = Extend(((values.Length * width) + 7) / 8);
        var mask = ulong.MaxValue >> (64 - width);
        var held = 0UL;
        var count = 0;
        foreach (var value in values)
        {
            var bits = value & mask;
            held |= bits << count;
            count += width;
            if (count >= 64)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(target, held);
                target = target[sizeof(ulong)..];
                count -= 64;
                held = count == 0 ? 0 : bits >> (width - count);
            }
        }

        for (; count > 0; count -= 8)
        {
            target[0] = (byte)held;
            target = target[1..];
            held >>= 8;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private Span<byte> Extend(int count)
    {
        if (_length + count > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, 2 * _bytes.Length));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
