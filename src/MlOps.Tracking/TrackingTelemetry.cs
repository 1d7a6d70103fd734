using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MlOps.Tracking;

/// <summary>The instruments of tracking. Recording an event touches none of them: the writer measures batches, and the queue is read when asked.</summary>
internal static class TrackingTelemetry
{
    public const string Name = "MlOps.Tracking";

    private static readonly Meter Instruments = new(Name);
    private static readonly ConcurrentDictionary<EventBuffer, bool> Buffers = new();

    public static readonly Counter<long> Events = Instruments.CreateCounter<long>(
        "mlops.tracking.events", "{event}", "Points, parameters and tags that the store has confirmed.");

    public static readonly Histogram<double> FlushDuration = Instruments.CreateHistogram<double>(
        "mlops.tracking.flush_duration", "s", "How long the store took for a batch, waiting for a locked one included.");

    public static readonly ObservableGauge<long> QueueLength = Instruments.CreateObservableGauge(
        "mlops.tracking.queue_length", static () => Buffers.Keys.Sum(buffer => (long)buffer.Count), "{event}", "Events of all runs that wait for the store.");

    public static readonly KeyValuePair<string, object?> Written = new("mlops.outcome", "written");

    public static readonly KeyValuePair<string, object?> Failed = new("mlops.outcome", "failed");

    /// <summary>Counts a buffer into the queue's length until it is released.</summary>
    public static void Watch(EventBuffer buffer) => Buffers.TryAdd(buffer, true);

    /// <summary>Counts a buffer no more.</summary>
    public static void Release(EventBuffer buffer) => Buffers.TryRemove(buffer, out _);
}
