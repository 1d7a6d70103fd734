using System.Diagnostics;

namespace MlOps.Features;

/// <summary>The features of one model, in the model's order; training and serving use the same object.</summary>
/// <remarks>Immutable and safe to share; usually a static property.</remarks>
[DebuggerDisplay("{Name}")]
public sealed class FeatureService
{
    private FeatureService(string name, IReadOnlyList<ServiceFeature> features)
    {
        Name = name;
        Features = features;
        Names = [.. features.Select(feature => feature.Name)];
    }

    /// <summary>The service's name, for lineage and messages.</summary>
    public string Name { get; }

    /// <summary>The features, in order.</summary>
    public IReadOnlyList<ServiceFeature> Features { get; }

    /// <summary>The features' names, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Defines a service.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.InvalidConfiguration"/>: no feature, or a name that stands twice; <see cref="ErrorCodes.FeatureNotFound"/>.
    /// </exception>
    public static FeatureService Define(string name, Action<FeatureServiceBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new FeatureServiceBuilder(name);
        configure(builder);
        return builder.Features.Count > 0
            ? new FeatureService(name, [.. builder.Features])
            : throw new MlOpsException(
                ErrorCodes.InvalidConfiguration, $"The feature service '{name}' has no feature: add some with FromRequest, Compute or From.");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
