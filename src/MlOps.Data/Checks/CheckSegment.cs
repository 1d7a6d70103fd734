using System.Globalization;

namespace MlOps.Data;

/// <summary>What a check found in the rows that have one value in the column it is judged by.</summary>
public sealed record CheckSegment
{
    /// <summary>The value, as text; null where it is missing.</summary>
    public required string? Key { get; init; }

    /// <summary>Whether the check holds of these rows.</summary>
    public required bool Passed { get; init; }

    /// <summary>The rows looked at.</summary>
    public required long Evaluated { get; init; }

    /// <summary>The rows that are wrong; 0 for a check on the table.</summary>
    public long Failed { get; init; }

    /// <summary>What was seen, in words.</summary>
    public required string Observed { get; init; }

    /// <summary>What was measured; null for a check on rows.</summary>
    public double? Value { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Key ?? "missing"}: {Observed}{(Passed ? "" : ", wrong")}");
}
