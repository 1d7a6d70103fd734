using System.Buffers.Binary;

namespace MlOps.Data.Sources;

/// <summary>An Arrow file's bytes for its reader, which takes memory for each length that it reads before it reads on.</summary>
/// <remarks>
/// The reader reads lengths, and nothing else, as four bytes by themselves, and then a footer or a message of that length at once. A length
/// that is longer than the file is damage, and is refused before up to two gigabytes are taken for it; what is read next is looked through
/// before the reader believes the counts in it.
/// </remarks>
internal sealed class ArrowFileStream(Stream file) : Stream
{
    private const int LengthBytes = sizeof(int);
    private const int MagicBytes = 6;
    private int _metadataLength;
    private bool _isFooter;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        Require(buffer[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        Require(buffer.Span[..read]);
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Require(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == LengthBytes)
        {
            _metadataLength = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            _isFooter = file.Position == file.Length - MagicBytes;

            // −1 says that a length follows.
            if (_metadataLength < -1 || _metadataLength > file.Length)
            {
                throw new InvalidDataException($"it names a part of {_metadataLength} bytes and has {file.Length}");
            }
        }
        else if (bytes.Length == _metadataLength)
        {
            _metadataLength = 0;
            if (_isFooter)
            {
                ArrowMetadata.ThrowIfFooterDefect(bytes);
            }
            else
            {
                ArrowMetadata.ThrowIfMessageDefect(bytes, file.Length - file.Position);
            }
        }
    }
}
