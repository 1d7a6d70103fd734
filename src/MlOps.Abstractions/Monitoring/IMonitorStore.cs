namespace MlOps.Monitoring;

/// <summary>Keeps what monitors found.</summary>
/// <remarks>Safe from many threads and processes; a write is durable when its task completes.</remarks>
public interface IMonitorStore
{
    /// <summary>Adds a window, replacing an earlier judgement of the same model and start.</summary>
    Task SaveAsync(MonitoringWindow window, CancellationToken cancellationToken = default);

    /// <summary>Lists a model's windows by start.</summary>
    Task<IReadOnlyList<MonitoringWindow>> ListAsync(string model, CancellationToken cancellationToken = default);
}
