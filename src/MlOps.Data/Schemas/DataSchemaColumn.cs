namespace MlOps.Data;

/// <summary>What is expected of one column; a limit that is null is not checked.</summary>
public sealed record DataSchemaColumn
{
    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of value it holds.</summary>
    public required ColumnKind Type { get; init; }

    /// <summary>The share of rows that may miss the value, from 0 (none may) to 1 (all may). Default: 0.</summary>
    public double MissingShare { get; init; }

    /// <summary>The smallest number allowed, inclusive.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest number allowed, inclusive.</summary>
    public double? Maximum { get; init; }

    /// <summary>The texts allowed.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The fewest UTF-16 code units of a text.</summary>
    public int? MinLength { get; init; }

    /// <summary>The most UTF-16 code units of a text.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The regular expression that a text must match, as .NET knows it.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether no value may occur twice; missing values may. Default: false.</summary>
    public bool Unique { get; init; }

    /// <summary>The earliest time allowed, inclusive.</summary>
    public DateTimeOffset? Earliest { get; init; }

    /// <summary>The latest time allowed, inclusive.</summary>
    public DateTimeOffset? Latest { get; init; }

    /// <summary>A column of the same row whose number or time must be greater, where both are there.</summary>
    public string? LessThan { get; init; }

    /// <summary>How carefully the values are to be handled. Default: <see cref="DataClassification.Open"/>.</summary>
    public DataClassification Classification { get; init; }
}
