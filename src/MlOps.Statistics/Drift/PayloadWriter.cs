using System.Buffers.Binary;
using System.Text;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Writes a tagged, versioned and checksummed block of bytes, little-endian.</summary>
internal sealed class PayloadWriter
{
    public const byte Version = 1;
    private readonly List<byte> _bytes = new(256);

    public PayloadWriter(uint tag)
    {
        Append(tag, 4);
        _bytes.Add(Version);
    }

    public void Count(long value) => Wide((ulong)value);

    /// <summary>A number in as many bytes as it needs, ten at most.</summary>
    public void Wide(ulong value)
    {
        var rest = value;
        for (; rest >= 0x80; rest >>= 7)
        {
            _bytes.Add((byte)(rest | 0x80));
        }

        _bytes.Add((byte)rest);
    }

    public void Fixed(ulong value) => Append(value, 8);

    public void Text(string value) => Block(Encoding.Unicode.GetBytes(value));

    public void Block(ReadOnlySpan<byte> value)
    {
        Count(value.Length);
        _bytes.AddRange(value);
    }

    public byte[] Complete()
    {
        Fixed(Checksum(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes)));
        return [.. _bytes];
    }

    /// <summary>
    /// A 64-bit mix of all bytes: a change within one aligned word of eight is sure to change it, any other all but sure.
    /// </summary>
    public static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        var state = (ulong)bytes.Length;
        Span<byte> last = stackalloc byte[8];
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(8, bytes.Length);
            last.Clear();
            bytes[..length].CopyTo(last);
            state = SplitMix64.Mix((state ^ BinaryPrimitives.ReadUInt64LittleEndian(last)) + 0x9E3779B97F4A7C15);
            bytes = bytes[length..];
        }

        return state;
    }

    private void Append(ulong value, int length)
    {
        for (var i = 0; i < length; i++)
        {
            _bytes.Add((byte)(value >> (8 * i)));
        }
    }
}
