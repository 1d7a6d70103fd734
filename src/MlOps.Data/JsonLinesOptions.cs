namespace MlOps.Data;

/// <summary>How a JSON Lines file is to be read: an object a line, a column a key.</summary>
public sealed record JsonLinesOptions
{
    /// <summary>For <see cref="InferenceRows"/>: columns and types are inferred from the whole file, which is then read once more.</summary>
    public const int AllRows = int.MaxValue;

    /// <summary>The types of columns that are not to be inferred; one that no row has is a column without values.</summary>
    public IReadOnlyDictionary<string, CellType> Types { get; init; } = new Dictionary<string, CellType>();

    /// <summary>From how many rows columns and types are inferred. Default 1,000; <see cref="AllRows"/> for all.</summary>
    public int InferenceRows { get; init; } = 1000;

    /// <summary>Whether objects and arrays become their JSON text; else (default) they are an error that names the column.</summary>
    public bool NestedAsText { get; init; }

    /// <summary>The bytes of the longest row that is read. Default 16 MiB.</summary>
    public int MaxRowBytes { get; init; } = 16 * 1024 * 1024;
}
