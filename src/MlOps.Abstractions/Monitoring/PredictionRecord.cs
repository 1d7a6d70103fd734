using MlOps.Features;

namespace MlOps.Monitoring;

/// <summary>One prediction, as serving tells it to the monitor.</summary>
public sealed record PredictionRecord
{
    /// <summary>Names the prediction, so that its outcome can join it.</summary>
    public required string Id { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The version that answered.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>The event's time: of the thing predicted, not of the computation.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The names of the inputs; one shared list for all predictions of a version.</summary>
    public required IReadOnlyList<string> InputNames { get; init; }

    /// <summary>The inputs, in the order of <see cref="InputNames"/>.</summary>
    public required IReadOnlyList<FeatureValue> Inputs { get; init; }

    /// <summary>The predicted number: a probability for a classifier, the value for a regressor.</summary>
    public required double Score { get; init; }

    /// <summary>How long the answer took; zero when not measured.</summary>
    public TimeSpan Latency { get; init; }
}
