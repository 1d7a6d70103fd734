namespace MlOps.Registry;

/// <summary>Registers model versions, finds them, and moves the aliases that serving follows.</summary>
/// <remarks>Safe from many threads and processes. A version never changes after it was registered.</remarks>
public interface IModelRegistry
{
    /// <summary>Registers a new version after checking that all its files are stored.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>, <see cref="ErrorCodes.BlobNotFound"/>.</exception>
    Task<ModelVersion> RegisterAsync(ModelRegistration registration, CancellationToken cancellationToken = default);

    /// <summary>Finds the version that a reference points at; null when there is none.</summary>
    Task<ModelVersion?> FindAsync(ModelReference reference, CancellationToken cancellationToken = default);

    /// <summary>Lists the versions of one model, or of all, newest first.</summary>
    Task<IReadOnlyList<ModelVersion>> ListVersionsAsync(string? model = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the aliases of one model, or of all.</summary>
    Task<IReadOnlyList<ModelAlias>> ListAliasesAsync(string? model = null, CancellationToken cancellationToken = default);

    /// <summary>Moves an alias to a version, if it still stands where the caller read it.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="version">The version it shall stand for.</param>
    /// <param name="expectedVersion">The version it stood for when it was read; null when it was not set.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.AliasConflict"/>, <see cref="ErrorCodes.ModelNotFound"/>.</exception>
    Task<ModelAlias> MoveAliasAsync(
        string model, string alias, int version, int? expectedVersion, string reason, CancellationToken cancellationToken = default);
}
