namespace MlOps.Data.Checks.Reporting;

/// <summary>A report of checks as JSON has it.</summary>
internal sealed record CheckReportDocument
{
    public required string Suite { get; init; }

    public required string Dataset { get; init; }

    public required bool Passed { get; init; }

    public required long RowCount { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double DurationSeconds { get; init; }

    public required IReadOnlyList<CheckResultDocument> Checks { get; init; }
}
