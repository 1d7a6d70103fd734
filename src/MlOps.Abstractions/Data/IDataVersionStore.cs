namespace MlOps.Data;

/// <summary>Keeps the metadata of data versions; their bytes lie in a blob store.</summary>
/// <remarks>Safe from many threads and processes; a write is durable when its task completes.</remarks>
public interface IDataVersionStore
{
    /// <summary>Adds a version under the next free number of its name, or returns the one that already has its hash.</summary>
    /// <param name="version">Its <see cref="DataVersion.Number"/> is ignored.</param>
    /// <param name="cancellationToken">Stops the wait; the write then did or did not happen as a whole.</param>
    /// <returns>The stored version; its <see cref="DataVersion.CreatedAt"/> tells an old one from a new one.</returns>
    Task<DataVersion> AddAsync(DataVersion version, CancellationToken cancellationToken = default);

    /// <summary>Finds a version; with no number, the latest.</summary>
    Task<DataVersion?> FindAsync(string name, int? number = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the versions of one name, or of all, newest first.</summary>
    Task<IReadOnlyList<DataVersion>> ListAsync(string? name = null, CancellationToken cancellationToken = default);
}
