using Apache.Arrow.Types;

namespace MlOps.Data;

/// <summary>How a query is sent to a database.</summary>
public sealed record QueryOptions
{
    /// <summary>The values of the query's parameters, by the names that it gives them; null is the database's NULL. Default: none.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    /// <summary>The types of columns that are not to be taken from the database, such as those that SQLite computes. Default: none.</summary>
    public IReadOnlyDictionary<string, IArrowType> Types { get; init; } = new Dictionary<string, IArrowType>();

    /// <summary>How long the database may take until the first row; null (default) is the provider's own limit, mostly 30 s.</summary>
    public TimeSpan? Timeout { get; init; }
}
