namespace MlOps.Data;

/// <summary>How a CSV file is to be read.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between cells. Default: a comma.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether the first line names the columns (default); otherwise they are <c>column1</c>, <c>column2</c> and so on.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Cells that mean "no value" beside the empty one. Default: none.</summary>
    public IReadOnlyList<string> MissingValues { get; init; } = [];

    /// <summary>The types of columns that are not to be inferred.</summary>
    public IReadOnlyDictionary<string, CsvColumnType> Types { get; init; } = new Dictionary<string, CsvColumnType>();

    /// <summary>From how many rows types are inferred. Default 1,000.</summary>
    public int InferenceRows { get; init; } = 1000;
}
