using System.Buffers;
using Apache.Arrow.Memory;

namespace MlOps.Data.Sources;

/// <summary>Gives memory to the reader of an Arrow file, but no more at once than a file of that length can hold.</summary>
/// <remarks>A damaged length would else take all memory that there is. The memory is managed: nothing that outlives a batch can read freed bytes.</remarks>
internal sealed class ArrowFileMemory : MemoryAllocator
{
    // At the most zstd makes 128 KiB of one value of four bytes.
    private const long Expansion = 32 * 1024;
    private const long Least = 1024 * 1024;
    private readonly long _fileLength;

    public ArrowFileMemory(long fileLength)
    {
        _fileLength = fileLength;
    }

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        if (length > Math.Max(Least, _fileLength * Expansion))
        {
            throw new InvalidDataException($"it asks for {length} bytes, which its {_fileLength} bytes cannot hold");
        }

        bytesAllocated = length;
        return new Owner(new byte[length]);
    }

    private sealed class Owner(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose()
        {
            // The collector takes the bytes when no array points at them.
        }
    }
}
