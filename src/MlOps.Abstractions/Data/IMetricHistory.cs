namespace MlOps.Data;

/// <summary>Keeps the values of metrics over time, so that a new one can be judged by those before it.</summary>
/// <remarks>Safe from many threads; an append is durable when its task completes.</remarks>
public interface IMetricHistory
{
    /// <summary>Adds points, of one series or of several.</summary>
    /// <exception cref="ArgumentException">A series has no name, or a value is not finite; nothing is added.</exception>
    Task AppendAsync(IReadOnlyList<MetricHistoryPoint> points, CancellationToken cancellationToken = default);

    /// <summary>The latest points of a series by time, the oldest of them first; points of one time stand in the order in which they were added.</summary>
    /// <param name="series">The series; one that is not known has no points.</param>
    /// <param name="count">How many at most; 1 or more.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IReadOnlyList<MetricHistoryPoint>> ReadAsync(string series, int count, CancellationToken cancellationToken = default);
}
