namespace MlOps.Features;

/// <summary>Collects the features of a <see cref="FeatureService"/>; their order is the order of the calls.</summary>
public sealed class FeatureServiceBuilder
{
    private readonly string _service;

    internal FeatureServiceBuilder(string service) => _service = service;

    internal List<ServiceFeature> Features { get; } = [];

    /// <summary>Takes columns of the spine, or values of the request, as they are.</summary>
    public FeatureServiceBuilder FromRequest(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var column in columns)
        {
            Add(new ServiceFeature { Name = column });
        }

        return this;
    }

    /// <summary>Computes a feature; the very same function runs for training and for serving.</summary>
    /// <param name="feature">The name that models see.</param>
    /// <param name="inputs">What the function reads: features defined earlier in this service, else columns of the spine or the request.</param>
    /// <param name="compute">Pure and safe to call from many threads; it sees its declared inputs alone.</param>
    public FeatureServiceBuilder Compute(string feature, IReadOnlyList<string> inputs, Func<FeatureRow, FeatureValue> compute)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(compute);
        return Add(new ServiceFeature { Name = feature, Inputs = [.. inputs], Compute = compute });
    }

    /// <summary>Takes features of a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="features">Their names; none takes all of them.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FeatureNotFound"/>: the view does not define one of them.</exception>
    public FeatureServiceBuilder From(FeatureView view, params IReadOnlyList<string> features)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(features);
        foreach (var definition in features.Count == 0 ? view.Features : features.Select(view.GetFeature))
        {
            Add(new ServiceFeature { Name = definition.Name, View = view, Definition = definition });
        }

        return this;
    }

    private FeatureServiceBuilder Add(ServiceFeature feature)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(feature.Name, nameof(feature));
        if (Features.Exists(existing => existing.Name == feature.Name))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidConfiguration, $"The feature service '{_service}' has two features named '{feature.Name}': rename one of them.");
        }

        Features.Add(feature);
        return this;
    }
}
