namespace MlOps.Data;

/// <summary>One difference between two data sets: a cell, or a row that one of them lacks.</summary>
public sealed record DatasetDifference
{
    /// <summary>Whether a cell differs or a row is on one side alone.</summary>
    public required DatasetDifferenceKind Kind { get; init; }

    /// <summary>What tells the row from the others: its key, or its position from 0.</summary>
    public required string Row { get; init; }

    /// <summary>The row's position from 0: in the data set judged, or in the expected one where the row is missing.</summary>
    public required long Position { get; init; }

    /// <summary>The column; null for a whole row.</summary>
    public string? Column { get; init; }

    /// <summary>The cell expected, as text; null where missing, and for a whole row.</summary>
    public string? Expected { get; init; }

    /// <summary>The cell found, as text; null where missing, and for a whole row.</summary>
    public string? Actual { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"row {Row}: {Words}";

    /// <summary>The difference without the row.</summary>
    internal string Words => Kind switch
    {
        DatasetDifferenceKind.MissingRow => "is missing",
        DatasetDifferenceKind.ExtraRow => "is not expected",
        _ => $"{Column} is {Actual ?? "missing"}, expected {Expected ?? "missing"}",
    };
}
