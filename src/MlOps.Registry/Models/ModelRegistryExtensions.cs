using MlOps.Data;
using MlOps.Storage;

namespace MlOps.Registry;

/// <summary>What programs ask of a registry beyond its contract.</summary>
public static class ModelRegistryExtensions
{
    /// <summary>Finds the version that a text reference points at, such as <c>models:/flight-delays@champion</c>.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.InvalidName"/>; <see cref="ErrorCodes.ModelNotFound"/>, with the near names or the aliases there are.
    /// </exception>
    public static async Task<ModelVersion> GetAsync(this IModelRegistry registry, string reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var parsed = ModelReference.Parse(reference);
        return await registry.FindAsync(parsed, cancellationToken).ConfigureAwait(false)
            ?? throw new MlOpsException(ErrorCodes.ModelNotFound, await ExplainAsync(registry, parsed, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Opens a version's files for an engine.</summary>
    public static ModelPackageReader PackageReader(this ModelVersion version, IBlobStore blobs)
    {
        ArgumentNullException.ThrowIfNull(version);
        return new ModelPackageReader(version.Package, blobs);
    }

    /// <summary>Opens a version's files for an engine.</summary>
    public static ModelPackageReader PackageReader(this ModelRegistry registry, ModelVersion version)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return version.PackageReader(registry.Blobs);
    }

    /// <summary>Opens one file of a version; its bytes have been verified.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ModelCorrupt"/> when there is no such file or its bytes are damaged.</exception>
    public static Task<Stream> OpenFileAsync(
        this ModelRegistry registry, ModelVersion version, string path, CancellationToken cancellationToken = default) =>
        registry.PackageReader(version).OpenAsync(path, cancellationToken);

    private static async Task<string> ExplainAsync(IModelRegistry registry, ModelReference reference, CancellationToken cancellationToken)
    {
        var versions = await registry.ListVersionsAsync(reference.Name, cancellationToken).ConfigureAwait(false);
        if (versions.Count == 0)
        {
            var all = await registry.ListVersionsAsync(null, cancellationToken).ConfigureAwait(false);
            var names = all.Select(version => version.Name).Distinct(StringComparer.Ordinal).ToList();
            var near = NearestName.Of(reference.Name, names);
            return $"No model is named '{reference.Name}'"
                + (near is not null ? $"; did you mean '{near}'?" : names.Count == 0 ? ": the registry is empty." : $"; there are {names.Count} others.");
        }

        if (reference.Alias is { } alias)
        {
            var aliases = await registry.ListAliasesAsync(reference.Name, cancellationToken).ConfigureAwait(false);
            return $"'{reference.Name}' has no alias '{alias}'; "
                + (aliases.Count == 0
                    ? $"none is set, and its newest version is {versions[0].Number}: set it with MoveAliasAsync."
                    : $"it has {string.Join(", ", aliases.Select(standing => $"'{standing.Alias}' → {standing.Version}"))}.");
        }

        return $"'{reference.Name}' has no version {reference.Number}; it has {versions[^1].Number} to {versions[0].Number}.";
    }
}
