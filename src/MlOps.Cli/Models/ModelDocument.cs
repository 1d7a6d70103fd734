using MlOps.Registry;

namespace MlOps.Cli.Models;

/// <summary>A model version as JSON shows it.</summary>
internal sealed record ModelDocument
{
    public required string Name { get; init; }

    public required int Version { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required string Flavor { get; init; }

    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    public string? Run { get; init; }

    public required IReadOnlyList<string> DataVersions { get; init; }

    public required ModelSignature Signature { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    public IReadOnlyList<AuditEntry>? History { get; init; }

    public static ModelDocument Of(ModelVersion version, IReadOnlyList<ModelAlias> aliases) => new()
    {
        Name = version.Name,
        Version = version.Number,
        Aliases = AliasesOf(version, aliases),
        Flavor = version.Package.Flavor,
        Hash = version.Hash.Value,
        CreatedAt = version.CreatedAt,
        Metrics = version.Metrics,
        Run = version.Lineage.Run?.Value,
        DataVersions = version.Lineage.DataVersions,
        Signature = version.Package.Signature,
        Files = [.. version.Package.Files.Select(file => file.Path)],
    };

    public static IReadOnlyList<string> AliasesOf(ModelVersion version, IReadOnlyList<ModelAlias> aliases) =>
        [.. aliases.Where(alias => alias.Model == version.Name && alias.Version == version.Number).Select(alias => alias.Alias)];
}
