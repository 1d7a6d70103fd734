using MlOps.Data;

namespace MlOps.Testing;

/// <summary>Data versions in the memory of the process, for tests.</summary>
/// <remarks>Safe from many threads; nothing outlives the object.</remarks>
public sealed class InMemoryDataVersionStore : IDataVersionStore
{
    private readonly Lock _gate = new();
    private readonly List<DataVersion> _versions = [];

    /// <inheritdoc/>
    public Task<DataVersion> AddAsync(DataVersion version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(version);
        lock (_gate)
        {
            var same = _versions.Where(other => string.Equals(other.Name, version.Name, StringComparison.Ordinal)).ToList();
            if (same.Find(other => other.Hash == version.Hash) is { } existing)
            {
                return Task.FromResult(existing);
            }

            var added = version with { Number = same.Count + 1 };
            _versions.Add(added);
            return Task.FromResult(added);
        }
    }

    /// <inheritdoc/>
    public Task<DataVersion?> FindAsync(string name, int? number = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_versions.FindLast(version =>
                string.Equals(version.Name, name, StringComparison.Ordinal) && (number is null || version.Number == number)));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DataVersion>> ListAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<DataVersion>>(
                [.. _versions.Where(version => name is null || string.Equals(version.Name, name, StringComparison.Ordinal)).Reverse()]);
        }
    }
}
