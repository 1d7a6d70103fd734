using MlOps.Data;

namespace MlOps.Testing;

/// <summary>The history of metrics in the memory of the process, for tests.</summary>
/// <remarks>Safe from many threads; nothing outlives the object.</remarks>
public sealed class InMemoryMetricHistory : IMetricHistory
{
    private readonly Lock _gate = new();
    private readonly List<MetricHistoryPoint> _points = [];

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<MetricHistoryPoint> points, CancellationToken cancellationToken = default)
    {
        MetricHistoryPoints.Require(points);
        lock (_gate)
        {
            _points.AddRange(points.Select(point => point with { Time = point.Time.ToUniversalTime() }));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricHistoryPoint>> ReadAsync(string series, int count, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<MetricHistoryPoint>>(
                [.. _points.Where(point => string.Equals(point.Series, series, StringComparison.Ordinal)).OrderBy(point => point.Time).TakeLast(count)]);
        }
    }
}
