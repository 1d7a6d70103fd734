using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MlOps.Storage;

namespace MlOps.LocalFiles;

/// <summary>Objects as files <c>objects/aa/bb…</c> of a folder, named by their SHA-256.</summary>
/// <remarks>
/// Safe from many threads and processes. An object is written to <c>tmp/</c>, flushed to the disk and renamed into place, so that no part of it
/// is ever visible. The first opening of an object in a process reads it once to verify its hash; later ones trust it while length and
/// modification time stay the same.
/// </remarks>
public sealed class LocalBlobStore : IBlobStore
{
    private const int BufferSize = 1 << 17;
    private static readonly TimeSpan _leftoverAge = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<ContentHash, (long Length, DateTime Modified)> _verified = new();
    private readonly string _objects;
    private readonly string _temporary;
    private readonly TimeProvider _time;
    private int _swept;

    /// <summary>Keeps objects below a folder, which is created when the first is stored.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="timeProvider">Tells the age of what killed writers left; default: the system's clock.</param>
    public LocalBlobStore(string folder, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var root = Path.GetFullPath(folder);
        _objects = Path.Combine(root, "objects");
        _temporary = Path.Combine(root, "tmp");
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public async Task<BlobInfo> PutAsync(Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        string? temporary = null;
        try
        {
            Directory.CreateDirectory(_temporary);
            SweepOnce();
            temporary = Path.Combine(_temporary, Path.GetRandomFileName());
            var blob = await WriteAsync(content, temporary, cancellationToken).ConfigureAwait(false);
            Publish(temporary, blob);
            return blob;
        }
        catch (Exception error) when (StorageErrors.Find(error, _temporary) is { } translated)
        {
            throw translated;
        }
        finally
        {
            if (temporary is not null && File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(ContentHash hash, CancellationToken cancellationToken = default)
    {
        var path = PathOf(hash);
        FileStream? stream = null;
        try
        {
            stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous);
            var seen = (stream.Length, File.GetLastWriteTimeUtc(path));
            if (!_verified.TryGetValue(hash, out var trusted) || trusted != seen)
            {
                if (await ContentHash.OfAsync(stream, cancellationToken).ConfigureAwait(false) != hash)
                {
                    throw new MlOpsException(
                        ErrorCodes.BlobCorrupt,
                        $"The stored object '{path}' does not have the hash that names it: its bytes are damaged. Restore it from a copy, or delete it and store it again.");
                }

                stream.Position = 0;
                _verified[hash] = seen;
            }

            var result = stream;
            stream = null;
            return result;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MlOpsException(
                ErrorCodes.BlobNotFound, $"No object {hash} is stored at '{path}'. Restore the folder, or create the object again.", error);
        }
        finally
        {
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(ContentHash hash, CancellationToken cancellationToken = default) => Task.FromResult(File.Exists(PathOf(hash)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var folder = new DirectoryInfo(_objects);
        if (!folder.Exists)
        {
            yield break;
        }

        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ContentHash.TryParse(file.Directory!.Name + file.Name, out var hash) && file.Exists)
            {
                yield return new BlobInfo(hash, file.Length);
            }
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken = default)
    {
        try
        {
            _verified.TryRemove(hash, out _);
            File.Delete(PathOf(hash));
            return Task.CompletedTask;
        }
        catch (DirectoryNotFoundException)
        {
            return Task.CompletedTask;
        }
        catch (Exception error) when (StorageErrors.Find(error, _objects) is { } translated)
        {
            return Task.FromException(translated);
        }
    }

    private static async Task<BlobInfo> WriteAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            await using (file.ConfigureAwait(false))
            {
                long length = 0;
                int read;
                while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    hash.AppendData(buffer, 0, read);
                    StorageErrors.Writing(() => file.Write(buffer, 0, read), path);
                    length += read;
                }

                StorageErrors.Writing(() => file.Flush(flushToDisk: true), path);
                return new BlobInfo(ContentHash.FromSha256(hash.GetHashAndReset()), length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Publish(string temporary, BlobInfo blob)
    {
        var path = PathOf(blob.Hash);
        // A file of the same length is the same object, unless a disk damaged it: that shows when it is opened, and is mended here.
        if (new FileInfo(path) is { Exists: true } present && present.Length == blob.Length && IsIntact(path, blob.Hash))
        {
            return;
        }

        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        File.Move(temporary, path, overwrite: true);
        _verified.TryRemove(blob.Hash, out _);
        FolderFlush.Flush(folder);
    }

    private static bool IsIntact(string path, ContentHash hash)
    {
        using var file = File.OpenRead(path);
        return ContentHash.FromSha256(SHA256.HashData(file)) == hash;
    }

    private string PathOf(ContentHash hash) => Path.Combine(_objects, hash.Value[..2], hash.Value[2..]);

    private void SweepOnce()
    {
        if (Interlocked.Exchange(ref _swept, 1) != 0)
        {
            return;
        }

        var limit = _time.GetUtcNow().UtcDateTime - _leftoverAge;
        foreach (var file in new DirectoryInfo(_temporary).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < limit)
            {
                file.Delete();
            }
        }
    }
}
