using System.Buffers.Binary;

namespace MlOps.Data.Sources;

/// <summary>An Arrow file's bytes for its reader, which takes memory for each length that it reads before it reads on.</summary>
/// <remarks>
/// The reader reads lengths, and nothing else, as four bytes by themselves: one that is longer than the file is damage, and is refused before
/// up to two gigabytes are taken for it.
/// </remarks>
internal sealed class ArrowFileStream(Stream file) : Stream
{
    private const int LengthBytes = sizeof(int);

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
        var read = file.Read(buffer);
        Require(buffer[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
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
        // −1 says that a length follows.
        if (bytes.Length == LengthBytes && BinaryPrimitives.ReadInt32LittleEndian(bytes) is var length && (length < -1 || length > file.Length))
        {
            throw new InvalidDataException($"it names a part of {length} bytes and has {file.Length}");
        }
    }
}
