using System.Buffers;

namespace MlOps.Data.Sources.Text;

/// <summary>Whole rows of a file of text, in UTF-8.</summary>
internal sealed class TextChunk : IDisposable
{
    private readonly byte[] _buffer;

    public TextChunk(byte[] buffer, int start, int length, long offset, long line)
    {
        (_buffer, Start, Length, Offset, Line) = (buffer, start, length, offset, line);
    }

    /// <summary>Where the rows begin: after the header in the first chunk of a file that has one.</summary>
    public int Start { get; }

    public int Length { get; }

    /// <summary>The place of the first byte in the file, or in what it is in UTF-8.</summary>
    public long Offset { get; }

    /// <summary>The number of the first line, from 1.</summary>
    public long Line { get; }

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Length);

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <summary>How many line ends there are: line feeds, or carriage returns where no line feed is.</summary>
    public static int CountLines(ReadOnlySpan<byte> bytes) => bytes.Count((byte)'\n') is > 0 and var lines ? lines : bytes.Count((byte)'\r');

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
