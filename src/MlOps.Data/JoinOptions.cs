namespace MlOps.Data;

/// <summary>How two data sets are joined.</summary>
public sealed record JoinOptions
{
    /// <summary>The key's columns; none of them is missing in a row that finds a partner.</summary>
    public required IReadOnlyList<string> On { get; init; }

    /// <summary>The key's columns in the other data set, in the same order; null (default) where they have the same names.</summary>
    public IReadOnlyList<string>? OtherOn { get; init; }

    /// <summary>What becomes of rows without a partner. Default: <see cref="JoinKind.Inner"/>.</summary>
    public JoinKind Kind { get; init; }

    /// <summary>Is put behind the names of the other's columns that are there already; null (default) refuses such columns with <see cref="ErrorCodes.ColumnConflict"/>.</summary>
    public string? Suffix { get; init; }

    /// <summary>Whether a key may occur only once in the other data set, or reading is refused with <see cref="ErrorCodes.DuplicateKey"/>. Default false: a row then comes once for each partner.</summary>
    public bool OneMatch { get; init; }

    /// <summary>About how many bytes of the other data set may be held in memory, or reading is refused with <see cref="ErrorCodes.TooLarge"/>. Default 1 GiB, at most 2 GiB.</summary>
    public long MaxOtherBytes { get; init; } = 1L << 30;
}
