using System.Buffers.Binary;
using System.Text;

namespace MlOps.Statistics;

/// <summary>
/// Reads what <see cref="PayloadWriter"/> wrote; throws <see cref="FormatException"/> and nothing else on any other bytes.
/// </summary>
internal ref struct PayloadReader
{
    private const long MaximumRows = 1L << 40;
    private ReadOnlySpan<byte> _rest;

    public PayloadReader(ReadOnlySpan<byte> bytes, uint tag, string what)
    {
        if (bytes.Length < 13 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != tag)
        {
            throw new FormatException($"These {bytes.Length} bytes are no {what}.");
        }

        if (bytes[4] != PayloadWriter.Version)
        {
            throw new FormatException(
                $"This {what} has format version {bytes[4]}; this package reads version {PayloadWriter.Version}. "
                + "Update MlOps.Statistics or fit it again.");
        }

        var body = bytes[..^8];
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]) != PayloadWriter.Checksum(body))
        {
            throw new FormatException($"The checksum of this {what} does not match: its bytes are damaged or cut short.");
        }

        _rest = body[5..];
    }

    public long Count()
    {
        var value = Wide();
        return value <= long.MaxValue ? (long)value : throw Damaged();
    }

    /// <summary>A number of rows, added to others; more than 2^40 in all were never counted, and their products have room nowhere.</summary>
    public long Rows(long others)
    {
        var count = Count();
        return count <= MaximumRows - others ? count : throw Damaged();
    }

    public ulong Wide()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            if (shift == 63 && next > 1)
            {
                break;
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    /// <summary>
    /// A number of items that each take some bytes, so that a damaged number cannot ask for more memory than there are bytes.
    /// </summary>
    public int Length(int bytesEach)
    {
        var count = Count();
        return count <= _rest.Length / bytesEach ? (int)count : throw Damaged();
    }

    public ulong Fixed() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public string Text() => Encoding.Unicode.GetString(Block());

    public ReadOnlySpan<byte> Block() => Take(Length(1));

    public void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Damaged();
        }
    }

    public static FormatException Damaged() =>
        new("The bytes have a valid checksum but contradict themselves; they were not written by this package.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw Damaged();
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
