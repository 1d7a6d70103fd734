namespace MlOps.Data.Checks.Reporting;

/// <summary>The result of a check as JSON has it.</summary>
internal sealed record CheckResultDocument
{
    public required string? Column { get; init; }

    public required string Name { get; init; }

    public required string Severity { get; init; }

    public required bool Passed { get; init; }

    public required long Evaluated { get; init; }

    public required long Failed { get; init; }

    public required double FailedShare { get; init; }

    public required double Mostly { get; init; }

    public required string Observed { get; init; }

    public double? Value { get; init; }

    public ExpectedRange? Expected { get; init; }

    public required IReadOnlyList<CheckExample> Examples { get; init; }

    public IReadOnlyList<CheckSegment>? Segments { get; init; }
}
