namespace MlOps.Registry;

/// <summary>Keeps model versions and aliases; the files lie in a blob store.</summary>
/// <remarks>Safe from many threads and processes; a write is durable when its task completes, and its audit entry is part of it.</remarks>
public interface IModelStore
{
    /// <summary>Adds a version under the next free number of its name.</summary>
    /// <param name="version">Its <see cref="ModelVersion.Number"/> is ignored.</param>
    /// <param name="audit">Written in the same transaction; its <see cref="AuditEntry.Version"/> becomes the new number.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<ModelVersion> AddAsync(ModelVersion version, AuditEntry audit, CancellationToken cancellationToken = default);

    /// <summary>Lists the versions of one model, or of all, newest first.</summary>
    Task<IReadOnlyList<ModelVersion>> ListVersionsAsync(string? model = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the aliases of one model, or of all, by model, then alias.</summary>
    Task<IReadOnlyList<ModelAlias>> ListAliasesAsync(string? model = null, CancellationToken cancellationToken = default);

    /// <summary>Moves an alias if it still stands where the caller read it.</summary>
    /// <param name="alias">The alias's new state.</param>
    /// <param name="expectedVersion">The version it stood for when it was read; null when it was not set.</param>
    /// <param name="audit">Written in the same transaction.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>False, and nothing is written, when the alias stands elsewhere.</returns>
    Task<bool> MoveAliasAsync(ModelAlias alias, int? expectedVersion, AuditEntry audit, CancellationToken cancellationToken = default);
}
