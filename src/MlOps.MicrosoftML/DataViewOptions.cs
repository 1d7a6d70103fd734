namespace MlOps.MicrosoftML;

/// <summary>What of a data set becomes a data view, and how.</summary>
public sealed record DataViewOptions
{
    /// <summary>The columns, in this order; null takes all that ML.NET can use.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Whether dates and timestamps become ML.NET DateTime columns (UTC). Default false: they are left out, for trainers cannot use them.</summary>
    public bool IncludeTimes { get; init; }

    /// <summary>Whether numbers keep their types: whole ones of any width, Double (decimals too), Single. Default false: all become Single, as trainers want.</summary>
    /// <remarks>ML.NET's whole numbers cannot be missing: a row that misses one is refused with <see cref="ErrorCodes.ColumnType"/>.</remarks>
    public bool KeepNumberTypes { get; init; }

    /// <summary>Whether the view reads the data set anew at every pass and holds a few batches of it, for data larger than memory. Default false: it is read once and held.</summary>
    /// <remarks>Trainers pass many times over their rows: cache what fits (<c>AppendCacheCheckpoint</c>).</remarks>
    public bool Streaming { get; init; }
}
