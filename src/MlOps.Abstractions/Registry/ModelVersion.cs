using System.Diagnostics;
using MlOps.Storage;

namespace MlOps.Registry;

/// <summary>An immutable, numbered version of a registered model.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record ModelVersion
{
    /// <summary>The model's name, such as <c>flight-delays</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Counts up from 1 within the name.</summary>
    public required int Number { get; init; }

    /// <summary>The hash over flavor, entry point, signature and the paths and hashes of all files.</summary>
    public required ContentHash Hash { get; init; }

    /// <summary>The files and the signature.</summary>
    public required ModelPackage Package { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where it came from.</summary>
    public ModelLineage Lineage { get; init; } = new();

    /// <summary>Metrics it was registered with, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>What people should know of it.</summary>
    public string? Description { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"models:/{Name}/{Number} ({Package.Flavor}, {Hash.Short})";
}
