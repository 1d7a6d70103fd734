using System.Diagnostics;
using System.Globalization;

namespace MlOps.Data;

/// <summary>What differs between two data sets.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record DatasetDiff
{
    /// <summary>Whether columns and rows are the same.</summary>
    public bool IsEqual => Columns.Count == 0 && ChangedRows == 0 && MissingRows == 0 && ExtraRows == 0;

    /// <summary>The columns that differ by name or kind; rows are compared only where there are none.</summary>
    public required IReadOnlyList<ColumnDifference> Columns { get; init; }

    /// <summary>The rows expected; 0 where columns differ.</summary>
    public long ExpectedRows { get; init; }

    /// <summary>The rows found; 0 where columns differ.</summary>
    public long ActualRows { get; init; }

    /// <summary>The rows on both sides of which a cell differs.</summary>
    public long ChangedRows { get; init; }

    /// <summary>The expected rows that are not there.</summary>
    public long MissingRows { get; init; }

    /// <summary>The rows that were not expected, the second of two with one key among them.</summary>
    public long ExtraRows { get; init; }

    /// <summary>The cells that differ, by column; columns without any are left out.</summary>
    public IReadOnlyDictionary<string, long> ChangedCells { get; init; } = new Dictionary<string, long>();

    /// <summary>The first differences: cells and extra rows as they were found, then missing rows.</summary>
    public IReadOnlyList<DatasetDifference> Examples { get; init; } = [];

    /// <summary>The differences in words, such as <c>2 of 3 rows differ, 1 rows are missing</c>.</summary>
    public override string ToString()
    {
        if (IsEqual)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{ActualRows:#,0} rows are equal");
        }

        if (Columns.Count > 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Columns.Count} columns differ: {string.Join("; ", Columns)}");
        }

        List<string> parts = [];
        Add(ChangedRows, $"of {ExpectedRows.ToString("#,0", CultureInfo.InvariantCulture)} rows differ");
        Add(MissingRows, "rows are missing");
        Add(ExtraRows, "rows are not expected");
        return string.Join(", ", parts);

        void Add(long count, string words)
        {
            if (count > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {words}"));
            }
        }
    }
}
