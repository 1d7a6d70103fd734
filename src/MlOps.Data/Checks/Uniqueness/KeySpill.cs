using System.Buffers.Binary;
using System.IO.Hashing;

namespace MlOps.Data.Checks.Uniqueness;

/// <summary>Keys on disk, in parts by their hash: equal keys are in the same part, in the order in which they came.</summary>
/// <remarks>The files have no name once they are open, so that nothing is left behind, however the process ends.</remarks>
internal sealed class KeySpill(string folder, int level) : IDisposable
{
    /// <summary>How often a part can be split further: the bits of a hash, some at each level.</summary>
    public const int Levels = 10;

    private const int PartBits = 6;
    private const int Head = sizeof(long) + sizeof(int);
    private readonly FileStream?[] _parts = new FileStream?[1 << PartBits];

    /// <summary>The parts that hold keys.</summary>
    public IEnumerable<int> Parts => Enumerable.Range(0, _parts.Length).Where(part => _parts[part] is not null);

    /// <summary>Adds a key with the row that has it; -1 for a key of an earlier row.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.StorageFull"/>: it cannot be written.</exception>
    public void Write(long position, ReadOnlySpan<byte> key)
    {
        // The upper bits: a table of keys takes the lower ones.
        var part = (int)(XxHash3.HashToUInt64(key) >> (64 - (PartBits * (level + 1)))) & (_parts.Length - 1);
        Span<byte> head = stackalloc byte[Head];
        BinaryPrimitives.WriteInt64LittleEndian(head, position);
        BinaryPrimitives.WriteInt32LittleEndian(head[sizeof(long)..], key.Length);
        try
        {
            var stream = _parts[part] ??= Open();
            stream.Write(head);
            stream.Write(key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MlOpsException(
                ErrorCodes.StorageFull,
                $"Values did not fit in memory and could not be written to '{folder}' ({error.Message}) Give a TemporaryFolder with room, or raise the MemoryBudget of the options.",
                error);
        }
    }

    /// <summary>Goes through a part from its start.</summary>
    public Reader Read(int part)
    {
        var stream = _parts[part]!;
        stream.Position = 0;
        return new Reader(stream);
    }

    /// <summary>Gives a part's room back.</summary>
    public void Remove(int part)
    {
        _parts[part]?.Dispose();
        _parts[part] = null;
    }

    public void Dispose()
    {
        for (var part = 0; part < _parts.Length; part++)
        {
            Remove(part);
        }
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"mlops-{Path.GetRandomFileName()}.keys");
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 1 << 15);
        File.Delete(path);
        return stream;
    }

    /// <summary>The keys of a part, one after the other.</summary>
    public sealed class Reader(FileStream stream)
    {
        private readonly byte[] _head = new byte[Head];
        private byte[] _key = new byte[64];
        private int _length;

        /// <summary>The row; -1 for a key of an earlier one.</summary>
        public long Position { get; private set; }

        /// <summary>The key; valid until the next.</summary>
        public ReadOnlySpan<byte> Key => _key.AsSpan(0, _length);

        public bool Next()
        {
            if (stream.ReadAtLeast(_head, Head, throwOnEndOfStream: false) < Head)
            {
                return false;
            }

            Position = BinaryPrimitives.ReadInt64LittleEndian(_head);
            _length = BinaryPrimitives.ReadInt32LittleEndian(_head.AsSpan(sizeof(long)));
            if (_length > _key.Length)
            {
                _key = new byte[Math.Max(_length, 2 * _key.Length)];
            }

            stream.ReadExactly(_key.AsSpan(0, _length));
            return true;
        }
    }
}
