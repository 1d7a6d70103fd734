using MlOps.Registry;

namespace MlOps.Testing;

/// <summary>Model versions, aliases and their audit log in the memory of the process, for tests.</summary>
/// <remarks>Safe from many threads; nothing outlives the object.</remarks>
public sealed class InMemoryModelStore : IModelStore, IAuditLog
{
    private readonly Lock _gate = new();
    private readonly List<ModelVersion> _versions = [];
    private readonly Dictionary<(string Model, string Alias), ModelAlias> _aliases = [];
    private readonly List<AuditEntry> _audit = [];

    /// <inheritdoc/>
    public Task<ModelVersion> AddAsync(ModelVersion version, AuditEntry audit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(audit);
        lock (_gate)
        {
            var number = _versions.Count(other => string.Equals(other.Name, version.Name, StringComparison.Ordinal)) + 1;
            var added = version with { Number = number };
            _versions.Add(added);
            _audit.Add(audit with { Version = number });
            return Task.FromResult(added);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ModelVersion>> ListVersionsAsync(string? model = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ModelVersion>>(
                [.. _versions.Where(version => model is null || string.Equals(version.Name, model, StringComparison.Ordinal)).Reverse()]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ModelAlias>> ListAliasesAsync(string? model = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ModelAlias>>(
            [
                .. _aliases.Values.Where(alias => model is null || string.Equals(alias.Model, model, StringComparison.Ordinal))
                    .OrderBy(alias => alias.Model, StringComparer.Ordinal).ThenBy(alias => alias.Alias, StringComparer.Ordinal),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<bool> MoveAliasAsync(
        ModelAlias alias, int? expectedVersion, AuditEntry audit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alias);
        ArgumentNullException.ThrowIfNull(audit);
        lock (_gate)
        {
            var current = _aliases.TryGetValue((alias.Model, alias.Alias), out var found) ? found.Version : (int?)null;
            if (current != expectedVersion)
            {
                return Task.FromResult(false);
            }

            _aliases[(alias.Model, alias.Alias)] = alias;
            _audit.Add(audit);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            _audit.Add(entry);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(string? model = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<AuditEntry>>(
                [.. _audit.Where(entry => model is null || string.Equals(entry.Model, model, StringComparison.Ordinal))]);
        }
    }
}
