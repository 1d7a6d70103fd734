using MlOps.Tracking;

namespace MlOps.Registry;

/// <summary>Where a model version came from.</summary>
public sealed record ModelLineage
{
    /// <summary>The run that trained it.</summary>
    public RunId? Run { get; init; }

    /// <summary>References of the data versions it was trained on, such as <c>flights@3</c>.</summary>
    public IReadOnlyList<string> DataVersions { get; init; } = [];

    /// <summary>The feature service that makes its inputs.</summary>
    public string? FeatureService { get; init; }

    /// <summary>The git commit of the training code.</summary>
    public string? GitCommit { get; init; }
}
