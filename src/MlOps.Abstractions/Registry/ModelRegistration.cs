namespace MlOps.Registry;

/// <summary>What is registered as a new version of a model.</summary>
public sealed record ModelRegistration
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The files and the signature; the files are already in the blob store.</summary>
    public required ModelPackage Package { get; init; }

    /// <summary>Where it came from.</summary>
    public ModelLineage Lineage { get; init; } = new();

    /// <summary>Metrics to keep with it.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>What people should know of it.</summary>
    public string? Description { get; init; }
}
