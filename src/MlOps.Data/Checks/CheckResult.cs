using System.Globalization;

namespace MlOps.Data;

/// <summary>What one check found.</summary>
public sealed record CheckResult
{
    /// <summary>The check in words, such as <c>in range [1, 6000]</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The column; null for a check on rows or on the whole table.</summary>
    public string? Column { get; init; }

    /// <summary>What a failure means.</summary>
    public required CheckSeverity Severity { get; init; }

    /// <summary>Whether at least the tolerated share of the evaluated rows is right.</summary>
    public required bool Passed { get; init; }

    /// <summary>The rows looked at; missing values are left to the check for missing values.</summary>
    public required long Evaluated { get; init; }

    /// <summary>The rows that are wrong.</summary>
    public required long Failed { get; init; }

    /// <summary>The share of the evaluated rows that must be right; 1 means all.</summary>
    public required double Mostly { get; init; }

    /// <summary>What was seen, in words.</summary>
    public required string Observed { get; init; }

    /// <summary>The first rows that are wrong.</summary>
    public required IReadOnlyList<CheckExample> Examples { get; init; }

    /// <summary>The share of the evaluated rows that are wrong; 0 when none was evaluated.</summary>
    public double FailedShare => Evaluated == 0 ? 0 : (double)Failed / Evaluated;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Passed ? "passed" : Severity == CheckSeverity.Error ? "FAILED" : "warning")}: {(Column is null ? "" : $"{Column} ")}{Name}: {Observed}{(Examples.Count == 0 ? "" : $" ({string.Join("; ", Examples.Take(3))})")}"
        + (Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Failed} of {Evaluated} rows ({FailedShare:0.###%})") : "");
}
