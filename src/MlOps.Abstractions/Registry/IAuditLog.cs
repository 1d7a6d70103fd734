namespace MlOps.Registry;

/// <summary>The append-only history of what was done to models.</summary>
/// <remarks>Safe from many threads and processes; entries are never changed or removed.</remarks>
public interface IAuditLog
{
    /// <summary>Appends an entry, durable when the task completes.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Lists a model's entries, or all, oldest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(string? model = null, CancellationToken cancellationToken = default);
}
