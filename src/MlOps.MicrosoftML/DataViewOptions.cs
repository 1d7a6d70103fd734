namespace MlOps.MicrosoftML;

/// <summary>What of a data set becomes a data view.</summary>
public sealed record DataViewOptions
{
    /// <summary>The columns, in this order; null takes all that ML.NET can use.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Whether dates and timestamps become ML.NET DateTime columns (UTC). Default false: they are left out, for trainers cannot use them.</summary>
    public bool IncludeTimes { get; init; }
}
