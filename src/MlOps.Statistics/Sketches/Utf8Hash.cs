using System.Buffers;
using System.Text;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Hashes a text by its UTF-8 bytes; an unpaired surrogate counts as U+FFFD.</summary>
internal static class Utf8Hash
{
    private const int StackLimit = 192;

    public static (ulong Low, ulong High) Of(ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= StackLimit)
        {
            Span<byte> bytes = stackalloc byte[StackLimit];
            return Murmur3.Hash(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return Murmur3.Hash(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
