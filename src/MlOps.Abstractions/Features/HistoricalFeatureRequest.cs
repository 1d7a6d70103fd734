using MlOps.Data;

namespace MlOps.Features;

/// <summary>Asks for the features of past events, each as of its own time.</summary>
public sealed record HistoricalFeatureRequest
{
    /// <summary>The events: keys, event time, and the columns that the service takes from the request.</summary>
    public required Dataset Spine { get; init; }

    /// <summary>The spine's event-time column; without a zone it is read as UTC. A row without a time gets no view feature.</summary>
    public required string EventTime { get; init; }

    /// <summary>The features.</summary>
    public required FeatureService Features { get; init; }

    /// <summary>The data behind each <see cref="FeatureView.Source"/>, by name.</summary>
    public IDictionary<string, Dataset> Sources { get; init; } = new Dictionary<string, Dataset>(StringComparer.Ordinal);

    /// <summary>Columns of the spine that stand before the features in the result, such as the label and the id.</summary>
    public IReadOnlyList<string> KeepColumns { get; init; } = [];

    /// <summary>
    /// Whether only rows known at the event time are used (created ≤ event time), in views that name a created column. Default true; false
    /// lets backfilled values leak into the past.
    /// </summary>
    public bool OnlyKnown { get; init; } = true;
}
