namespace MlOps.Features;

/// <summary>One feature of a service: taken from the request, computed, or looked up in a view.</summary>
public sealed record ServiceFeature
{
    /// <summary>Its name in the vector and in the training table.</summary>
    public required string Name { get; init; }

    /// <summary>The view that it comes from; null for the other two kinds.</summary>
    public FeatureView? View { get; init; }

    /// <summary>The definition within <see cref="View"/>.</summary>
    public FeatureDefinition? Definition { get; init; }

    /// <summary>The function that computes it; null for the other two kinds.</summary>
    public Func<FeatureRow, FeatureValue>? Compute { get; init; }

    /// <summary>What <see cref="Compute"/> reads: features that stand earlier in the service, or columns of the request.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => View is not null ? $"{View.Name}.{Name}" : Name;
}
