using MlOps.Registry;

namespace MlOps.Monitoring.Tests;

/// <summary>A registry that holds given versions of one model.</summary>
internal sealed class FixedRegistry : IModelRegistry
{
    public List<ModelVersion> Versions { get; } = [];

    public Task<ModelVersion> RegisterAsync(ModelRegistration registration, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<ModelVersion?> FindAsync(ModelReference reference, CancellationToken cancellationToken = default) =>
        Task.FromResult(Versions.Find(version => version.Name == reference.Name && version.Number == reference.Number));

    public Task<IReadOnlyList<ModelVersion>> ListVersionsAsync(string? model = null, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ModelVersion>>(Versions);

    public Task<IReadOnlyList<ModelAlias>> ListAliasesAsync(string? model = null, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ModelAlias>>([]);

    public Task<ModelAlias> MoveAliasAsync(
        string model, string alias, int version, int? expectedVersion, string reason, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
