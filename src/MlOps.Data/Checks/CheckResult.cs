using System.Globalization;

namespace MlOps.Data;

/// <summary>What one check found.</summary>
public sealed record CheckResult
{
    private const int ShownExamples = 3;

    /// <summary>The check in words, such as <c>in range [1, 6000]</c>, or what its author called it.</summary>
    public required string Name { get; init; }

    /// <summary>The column; null for a check on rows or on the whole table.</summary>
    public string? Column { get; init; }

    /// <summary>What a failure means.</summary>
    public required CheckSeverity Severity { get; init; }

    /// <summary>Whether at least the tolerated share of the evaluated rows is right, in every segment where it is judged by them.</summary>
    public required bool Passed { get; init; }

    /// <summary>The rows looked at; missing values are left to the check for missing values.</summary>
    public required long Evaluated { get; init; }

    /// <summary>The rows that are wrong.</summary>
    public required long Failed { get; init; }

    /// <summary>The share of the evaluated rows that must be right; 1 means all.</summary>
    public required double Mostly { get; init; }

    /// <summary>What was seen, in words; what stood in the way where the check could not be made.</summary>
    public required string Observed { get; init; }

    /// <summary>What was measured, such as the mean; null for a check on rows, and for one by segments.</summary>
    public double? Value { get; init; }

    /// <summary>Between what the value was expected by its history; null where there was nothing to expect, and for one by segments.</summary>
    public ExpectedRange? Expected { get; init; }

    /// <summary>The first rows that are wrong.</summary>
    public required IReadOnlyList<CheckExample> Examples { get; init; }

    /// <summary>One finding a segment, in the order in which they appeared; empty for a check of the whole.</summary>
    public IReadOnlyList<CheckSegment> Segments { get; init; } = [];

    /// <summary>The share of the evaluated rows that are wrong; 0 when none was evaluated.</summary>
    public double FailedShare => Evaluated == 0 ? 0 : (double)Failed / Evaluated;

    /// <summary>The column and the name in one.</summary>
    internal string Title => Column is null ? Name : $"{Column} {Name}";

    /// <summary>The result in a word.</summary>
    internal string Verdict => Passed ? "passed" : Severity switch
    {
        CheckSeverity.Warning => "warning",
        CheckSeverity.Critical => "CRITICAL",
        _ => "FAILED",
    };

    /// <inheritdoc/>
    public override string ToString()
    {
        var examples = Examples.Count == 0 ? "" : $" ({string.Join("; ", Examples.Take(ShownExamples))})";
        var share = Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Failed:#,0} of {Evaluated:#,0} rows ({FailedShare:0.###%})") : "";
        return $"{Verdict}: {Title}: {Observed}{examples}{share}";
    }
}
