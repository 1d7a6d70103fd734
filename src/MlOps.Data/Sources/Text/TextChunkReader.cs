using System.Buffers;
using System.Text;

namespace MlOps.Data.Sources.Text;

/// <summary>Cuts a stream of UTF-8 into chunks of whole rows; the first ones are small, so that a few rows come soon.</summary>
internal sealed class TextChunkReader : IAsyncDisposable
{
    private const int FirstBytes = 64 * 1024;
    private const int LastBytes = 1024 * 1024;
    private readonly Stream _stream;
    private readonly string _where;
    private readonly Func<ReadOnlySpan<byte>, int> _rowsEnd;
    private readonly int _maxRowBytes;
    private byte[] _rest = [];
    private int _wanted = FirstBytes;
    private int _start;
    private long _offset;
    private long _line = 1;
    private bool _ended;

    /// <summary>Takes the stream over.</summary>
    /// <param name="where">The file, for messages.</param>
    /// <param name="stream">UTF-8; a byte order mark has been read.</param>
    /// <param name="rowsEnd">Where the last whole row in the bytes ends; 0 when none does.</param>
    /// <param name="maxRowBytes">The longest row.</param>
    /// <param name="header">The bytes before the first row.</param>
    /// <param name="offset">Where the stream stands in the file.</param>
    public TextChunkReader(string where, Stream stream, Func<ReadOnlySpan<byte>, int> rowsEnd, int maxRowBytes, int header, int offset)
    {
        (_where, _stream, _rowsEnd, _maxRowBytes, _start, _offset) = (where, stream, rowsEnd, maxRowBytes, header, offset);
    }

    public async ValueTask<TextChunk?> NextAsync(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return null;
        }

        // The header stands whole in the first chunk, since it is a row.
        var wanted = Math.Max(_wanted, _start);
        _wanted = Math.Min(_wanted * 2, LastBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, _rest.Length + 1));
        try
        {
            _rest.CopyTo(buffer, 0);
            var used = _rest.Length;
            while (true)
            {
                used += await FillAsync(buffer.AsMemory(used), cancellationToken).ConfigureAwait(false);
                _ended = used < buffer.Length;
                var end = _ended ? used : _rowsEnd(buffer.AsSpan(0, used));
                if (end > 0 && end >= Math.Min(_start, used))
                {
                    _rest = buffer[end..used];
                    var chunk = new TextChunk(buffer, Math.Min(_start, end), end, _offset, _line);
                    _offset += end;
                    _line += TextChunk.CountLines(chunk.Bytes);
                    _start = 0;
                    return chunk;
                }

                if (_ended)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }

                if (used > _maxRowBytes)
                {
                    throw new MlOpsException(
                        ErrorCodes.FileCorrupt,
                        $"'{_where}': the row that begins in line {_line} (byte {_offset}) does not end within {_maxRowBytes} bytes. A quote may be opened there and never closed; if the row is right, read with a larger MaxRowBytes.");
                }

                var larger = ArrayPool<byte>.Shared.Rent(used * 2);
                buffer.AsSpan(0, used).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }
        catch
        {
            _ended = true;
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async ValueTask<int> FillAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        try
        {
            return await _stream.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (DecoderFallbackException error)
        {
            throw new MlOpsException(
                ErrorCodes.FileCorrupt,
                $"'{_where}', after line {_line}: the bytes are not of the encoding that the file begins with ({error.Message}) Give the encoding in the reading options, or write the file again in UTF-8.",
                error);
        }
    }
}
