using MlOps.Monitoring;

namespace MlOps.Testing;

/// <summary>Judged windows in the memory of the process, for tests.</summary>
/// <remarks>Safe from many threads; nothing outlives the object.</remarks>
public sealed class InMemoryMonitorStore : IMonitorStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Model, DateTimeOffset Start), MonitoringWindow> _windows = [];

    /// <inheritdoc/>
    public Task SaveAsync(MonitoringWindow window, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(window);
        lock (_gate)
        {
            _windows[(window.Model, window.Start)] = window;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MonitoringWindow>> ListAsync(string model, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<MonitoringWindow>>(
            [
                .. _windows.Values.Where(window => string.Equals(window.Model, model, StringComparison.Ordinal)).OrderBy(window => window.Start),
            ]);
        }
    }
}
