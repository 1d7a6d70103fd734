using MlOps.Data.Checks.History;

namespace MlOps.Data.Checks.Storage;

/// <summary>How a metric is judged by its history, as it stands in a file.</summary>
internal sealed record HistoryEntry
{
    private const string Relative = "relative_change";
    private const string Deviations = "standard_deviations";
    private const string Seasonal = "holt_winters";

    public required string Strategy { get; init; }

    public double? Decrease { get; init; }

    public double? Increase { get; init; }

    public double? Count { get; init; }

    public int? Season { get; init; }

    public double? Confidence { get; init; }

    public int? Runs { get; init; }

    public int? MinimumRuns { get; init; }

    public bool? Required { get; init; }

    public static HistoryEntry Of(HistoryStrategy strategy)
    {
        var entry = strategy.Model switch
        {
            RelativeChangeModel change => new HistoryEntry { Strategy = Relative, Decrease = change.Down, Increase = change.Up },
            DeviationModel deviations => new HistoryEntry { Strategy = Deviations, Count = deviations.Count },
            HoltWintersModel seasonal => new HistoryEntry { Strategy = Seasonal, Season = seasonal.Season, Confidence = seasonal.Confidence },
            var other => throw new InvalidOperationException($"{other} has no name in check files."),
        };
        var plain = entry.ToStrategy();
        return entry with
        {
            Runs = strategy.Runs == plain.Runs ? null : strategy.Runs,
            MinimumRuns = strategy.MinimumRuns == plain.MinimumRuns ? null : strategy.MinimumRuns,
            Required = strategy.IsRequired ? true : null,
        };
    }

    /// <exception cref="ArgumentException">There is no such strategy, or it lacks something.</exception>
    public HistoryStrategy ToStrategy()
    {
        var strategy = Strategy switch
        {
            Relative when Decrease is not null || Increase is not null => HistoryStrategy.RelativeChange(Decrease ?? Increase!.Value, Increase ?? Decrease!.Value),
            Relative => throw new ArgumentException($"The history strategy '{Relative}' needs 'decrease', 'increase' or both."),
            Deviations => HistoryStrategy.StandardDeviations(Count ?? 3),
            Seasonal when Season is { } season => HistoryStrategy.HoltWinters(season, Confidence ?? 0.99),
            Seasonal => throw new ArgumentException($"The history strategy '{Seasonal}' needs 'season'."),
            _ => throw new ArgumentException($"There is no history strategy '{Strategy}'. The strategies are {Relative}, {Deviations} and {Seasonal}."),
        };
        return strategy with
        {
            Runs = Runs ?? strategy.Runs,
            MinimumRuns = MinimumRuns ?? strategy.MinimumRuns,
            IsRequired = Required ?? false,
        };
    }
}
