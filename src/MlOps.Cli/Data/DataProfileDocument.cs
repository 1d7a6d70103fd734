using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary>A profile as JSON shows it: what people read of it, without the sketches.</summary>
internal sealed record DataProfileDocument
{
    public required string Name { get; init; }

    public required long RowCount { get; init; }

    public required IReadOnlyList<ColumnProfileDocument> Columns { get; init; }

    public required IReadOnlyList<ProfileCorrelation> Correlations { get; init; }

    public static DataProfileDocument Of(DataProfile profile) => new()
    {
        Name = profile.Name,
        RowCount = profile.RowCount,
        Columns = [.. profile.Columns.Select(ColumnProfileDocument.Of)],
        Correlations = profile.Correlations,
    };
}
