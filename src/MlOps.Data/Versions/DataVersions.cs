using System.Security.Cryptography;
using System.Text;
using MlOps.Storage;

namespace MlOps.Data;

/// <summary>Keeps immutable, numbered states of data sets; equal content is kept once and has an equal hash on every machine.</summary>
/// <remarks>
/// Safe for concurrent use. Bytes are stored before the record that names them, so a version is visible whole or not at all; a crash in
/// between leaves only bytes that nothing refers to, which the next attempt uses again.
/// </remarks>
public sealed class DataVersions
{
    private const string DatasetFile = "data.arrow";
    private readonly IDataVersionStore _store;
    private readonly IBlobStore _blobs;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, IDatasetFormat> _formats = new(StringComparer.Ordinal);

    /// <summary>Puts versions on stores.</summary>
    /// <param name="store">Keeps the records.</param>
    /// <param name="blobs">Keeps the bytes.</param>
    /// <param name="formats">What files can be opened; of two for one extension the later wins.</param>
    /// <param name="time">Dates the versions.</param>
    public DataVersions(IDataVersionStore store, IBlobStore blobs, IEnumerable<IDatasetFormat> formats, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(formats);
        ArgumentNullException.ThrowIfNull(time);
        (_store, _blobs, _time) = (store, blobs, time);
        foreach (var format in formats)
        {
            foreach (var extension in format.Extensions)
            {
                _formats[extension] = format;
            }
        }
    }

    /// <summary>Stores the rows as they are now, in one canonical Arrow file.</summary>
    /// <param name="name">The data set's name, without <c>@</c>.</param>
    /// <param name="dataset">Read once.</param>
    /// <param name="message">Why, for people.</param>
    /// <param name="cancellationToken">Stops before the version is recorded, or not at all.</param>
    public async Task<DataVersionAdded> AddAsync(string name, Dataset dataset, string? message = null, CancellationToken cancellationToken = default)
    {
        DataVersionReference.CheckName(name);
        ArgumentNullException.ThrowIfNull(dataset);
        var buffer = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            BufferSize = 1 << 20,
        });
        await using (buffer.ConfigureAwait(false))
        {
            var rows = await CanonicalArrowFile.WriteAsync(dataset, buffer, cancellationToken).ConfigureAwait(false);
            buffer.Position = 0;
            var blob = await _blobs.PutAsync(buffer, cancellationToken).ConfigureAwait(false);
            return await RecordAsync(name, [StoredFile.Create(DatasetFile, blob)], rows, message, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stores a file, or a folder with everything below it, byte for byte.</summary>
    /// <param name="name">The data set's name, without <c>@</c>.</param>
    /// <param name="path">A file or a folder.</param>
    /// <param name="message">Why, for people.</param>
    /// <param name="cancellationToken">Stops before the version is recorded, or not at all.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FileNotFound"/>, or <see cref="ErrorCodes.DataEmpty"/> for a folder without files.</exception>
    public async Task<DataVersionAdded> AddFilesAsync(string name, string path, string? message = null, CancellationToken cancellationToken = default)
    {
        DataVersionReference.CheckName(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var isFolder = Directory.Exists(path);
        IEnumerable<(string Path, string Name)> sources = isFolder
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => (file, Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/')))
            : [(path, Path.GetFileName(path))];
        List<StoredFile> files = [];
        foreach (var source in sources)
        {
            var stream = SourceFile.Open(source.Path);
            await using (stream.ConfigureAwait(false))
            {
                files.Add(StoredFile.Create(source.Name, await _blobs.PutAsync(stream, cancellationToken).ConfigureAwait(false)));
            }
        }

        if (files.Count == 0)
        {
            throw new MlOpsException(ErrorCodes.DataEmpty, $"The folder '{Path.GetFullPath(path)}' holds no file to add as '{name}'.");
        }

        return await RecordAsync(name, files, null, message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a version's rows by <c>name</c> (the latest) or <c>name@number</c>; several files are read in the order of their paths.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.DataVersionNotFound"/> or <see cref="ErrorCodes.FormatUnknown"/>.</exception>
    public async Task<Dataset> OpenAsync(string reference, CancellationToken cancellationToken = default) =>
        Open(await RequireAsync(reference, cancellationToken).ConfigureAwait(false));

    /// <summary>Opens the rows of a version that is at hand.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FormatUnknown"/>.</exception>
    public Dataset Open(DataVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        Dataset[] parts = [.. version.Files.Select(file => FormatOf(version, file).Open(version.Name, cancellationToken => _blobs.OpenReadAsync(file.Hash, cancellationToken)))];
        return (parts.Length == 1 ? parts[0] : parts[0].Concat(parts[1..])).WithName(version.Reference);
    }

    /// <summary>Finds a version by <c>name</c> (the latest) or <c>name@number</c>; null when there is none.</summary>
    public Task<DataVersion?> FindAsync(string reference, CancellationToken cancellationToken = default)
    {
        var (name, number) = DataVersionReference.Parse(reference);
        return _store.FindAsync(name, number, cancellationToken);
    }

    /// <summary>Lists the versions of one name, or of all, newest first.</summary>
    public Task<IReadOnlyList<DataVersion>> ListAsync(string? name = null, CancellationToken cancellationToken = default) => _store.ListAsync(name, cancellationToken);

    /// <summary>Writes a version's files into a folder, each whole or not at all; files that are already right are left alone.</summary>
    /// <param name="reference"><c>name</c> or <c>name@number</c>.</param>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="overwrite">Whether files with other content may be replaced. Default: no.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/> when files differ and may not be replaced; nothing is written then.</exception>
    public async Task<DataVersion> CheckoutAsync(string reference, string folder, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var version = await RequireAsync(reference, cancellationToken).ConfigureAwait(false);
        await VersionCheckout.WriteAsync(version, Path.GetFullPath(folder), overwrite, _blobs, cancellationToken).ConfigureAwait(false);
        return version;
    }

    /// <summary>Reads every byte of a version back and compares it with the recorded hashes.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.DataVersionNotFound"/>.</exception>
    public async Task<DataVersionVerification> VerifyAsync(string reference, CancellationToken cancellationToken = default)
    {
        var version = await RequireAsync(reference, cancellationToken).ConfigureAwait(false);
        List<string> problems = [];
        foreach (var file in version.Files)
        {
            try
            {
                var stream = await _blobs.OpenReadAsync(file.Hash, cancellationToken).ConfigureAwait(false);
                await using (stream.ConfigureAwait(false))
                {
                    if (await ContentHash.OfAsync(stream, cancellationToken).ConfigureAwait(false) != file.Hash)
                    {
                        problems.Add($"'{file.Path}' has other bytes than when it was added.");
                    }
                }
            }
            catch (MlOpsException error) when (error.Code is ErrorCodes.BlobCorrupt or ErrorCodes.BlobNotFound)
            {
                problems.Add($"'{file.Path}': {error.Message}");
            }
        }

        if (HashOf(version.Files) != version.Hash)
        {
            problems.Add("The list of files does not have the recorded hash: the record was changed.");
        }

        return new DataVersionVerification { Version = version, Problems = problems };
    }

    /// <summary>Compares the files of two versions.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.DataVersionNotFound"/>.</exception>
    public async Task<DataVersionDiff> DiffAsync(string from, string to, CancellationToken cancellationToken = default)
    {
        var earlier = await RequireAsync(from, cancellationToken).ConfigureAwait(false);
        var later = await RequireAsync(to, cancellationToken).ConfigureAwait(false);
        var before = earlier.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var after = later.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        return new DataVersionDiff
        {
            From = earlier,
            To = later,
            Added = [.. later.Files.Where(file => !before.ContainsKey(file.Path))],
            Removed = [.. earlier.Files.Where(file => !after.ContainsKey(file.Path))],
            Changed = [.. later.Files.Where(file => before.TryGetValue(file.Path, out var old) && old.Hash != file.Hash)],
        };
    }

    private static ContentHash HashOf(IEnumerable<StoredFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Path}\0{file.Hash.Value}\n"));
        }

        return ContentHash.FromSha256(hash.GetHashAndReset());
    }

    private async Task<DataVersionAdded> RecordAsync(string name, List<StoredFile> files, long? rows, string? message, CancellationToken cancellationToken)
    {
        files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        var candidate = new DataVersion
        {
            Name = name,
            Number = 0,
            Hash = HashOf(files),
            Files = files,
            CreatedAt = _time.GetUtcNow(),
            RowCount = rows,
            Message = message,
        };
        var before = await _store.FindAsync(name, null, cancellationToken).ConfigureAwait(false);
        var stored = await _store.AddAsync(candidate, cancellationToken).ConfigureAwait(false);
        return new DataVersionAdded(stored, stored.Number > (before?.Number ?? 0));
    }

    private async Task<DataVersion> RequireAsync(string reference, CancellationToken cancellationToken)
    {
        if (await FindAsync(reference, cancellationToken).ConfigureAwait(false) is { } version)
        {
            return version;
        }

        var (name, _) = DataVersionReference.Parse(reference);
        var all = await _store.ListAsync(null, cancellationToken).ConfigureAwait(false);
        var own = all.Where(other => other.Name == name).Select(other => other.Reference).ToList();
        var nearest = NearestName.Of(name, all.Select(other => other.Name).Distinct(StringComparer.Ordinal));
        var hint = own.Count > 0 ? $" There are: {string.Join(", ", own.Take(10))}."
            : nearest is not null ? $" Did you mean '{nearest}'?"
            : all.Count == 0 ? " No data has been added yet: add it with Data.AddAsync." : "";
        throw new MlOpsException(ErrorCodes.DataVersionNotFound, $"There is no data version '{reference}'.{hint}");
    }

    private IDatasetFormat FormatOf(DataVersion version, StoredFile file) =>
        _formats.TryGetValue(Path.GetExtension(file.Path).ToLowerInvariant(), out var format)
            ? format
            : throw new MlOpsException(
                ErrorCodes.FormatUnknown,
                $"No reader is registered for '{file.Path}' of {version}: known are {string.Join(", ", _formats.Keys.Order(StringComparer.Ordinal))}. Register the format (for Parquet, UseParquet() of the package MlOps.Parquet), or take the files out with CheckoutAsync.");
}
