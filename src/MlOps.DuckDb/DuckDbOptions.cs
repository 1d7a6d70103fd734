using MlOps.Data;

namespace MlOps.DuckDb;

/// <summary>What a DuckDB query sees and what it may use.</summary>
public sealed record DuckDbOptions
{
    /// <summary>What to call the data set. Default <c>query</c>.</summary>
    public string Name { get; init; } = "query";

    /// <summary>Data sets that the query may name as tables. Default: none.</summary>
    /// <remarks>
    /// At every read they are copied into temporary tables of the same names (upper and lower case are one), before the query runs: through
    /// DuckDB's appender, whole vectors at a time. Select the columns and rows that the query needs first.
    /// </remarks>
    public IReadOnlyList<Dataset> Tables { get; init; } = [];

    /// <summary>The values of the query's parameters: <c>min</c> for <c>$min</c>, <c>1</c> for the first <c>?</c>. Default: none.</summary>
    /// <remarks>Null, booleans, numbers, decimals, text, bytes, <see cref="DateTime"/>, <see cref="DateTimeOffset"/> (as UTC) and <see cref="DateOnly"/>.</remarks>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    /// <summary>A DuckDB database file, opened read-only; null (default) for an empty database in memory.</summary>
    public string? Database { get; init; }

    /// <summary>How many threads DuckDB may use; null (default) for one a core.</summary>
    public int? Threads { get; init; }

    /// <summary>How much memory DuckDB may use before it writes to disk, such as <c>2GB</c>; null (default) for DuckDB's own limit, 80 % of the machine's.</summary>
    public string? MemoryLimit { get; init; }
}
