namespace MlOps.Data.Profiles.Storage;

/// <summary>The sums of pairs of numeric columns: of the first with each later one, then of the second, and so on.</summary>
internal sealed record CorrelationDocument
{
    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyList<PairMoments> Pairs { get; init; }
}
