using System.Diagnostics;
using MlOps.Reports.Rendering;

namespace MlOps.Reports;

/// <summary>Rows under heads. Immutable once made; <c>with { Caption = … }</c> names it.</summary>
/// <remarks>A row shorter than the heads is filled up with empty cells; a longer one is refused when the table joins a section.</remarks>
[DebuggerDisplay("{Columns.Count} columns × {Rows.Count} rows")]
public sealed record ReportTable
{
    /// <summary>The heads, left to right.</summary>
    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    /// <summary>The rows, top to bottom, each with one cell a column.</summary>
    public required IReadOnlyList<IReadOnlyList<ReportCell>> Rows { get; init; }

    /// <summary>What the table shows, above it; null for none.</summary>
    public string? Caption { get; init; }

    /// <summary>What stands in place of the rows when there are none.</summary>
    public string EmptyText { get; init; } = "nothing to show";

    /// <summary>Makes a table of one row per item. The items are read at once.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="rows">The items, top to bottom.</param>
    /// <param name="columns">A head and how to get its cell from an item; a string or a number will do as a cell.</param>
    public static ReportTable Of<T>(IEnumerable<T> rows, params (string Header, Func<T, ReportCell> Cell)[] columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        return new ReportTable
        {
            Columns = [.. columns.Select(column => new ReportColumn(column.Header))],
            Rows = [.. rows.Select(row => (IReadOnlyList<ReportCell>)[.. columns.Select(column => column.Cell(row) ?? ReportCell.Empty)])],
        };
    }

    /// <summary>Makes a table of one row per item, with full control of the heads. The items are read at once.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="rows">The items, top to bottom.</param>
    /// <param name="columns">A head and how to get its cell from an item.</param>
    public static ReportTable Of<T>(IEnumerable<T> rows, params (ReportColumn Column, Func<T, ReportCell> Cell)[] columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        return new ReportTable
        {
            Columns = [.. columns.Select(column => column.Column)],
            Rows = [.. rows.Select(row => (IReadOnlyList<ReportCell>)[.. columns.Select(column => column.Cell(row) ?? ReportCell.Empty)])],
        };
    }

    /// <summary>The table as aligned text, 120 columns wide at most.</summary>
    public override string ToString()
    {
        var page = new TextPage(120);
        TableText.Write(this, page);
        return page.ToString();
    }

    internal ReportCell CellAt(int row, int column) =>
        column < Rows[row].Count ? Rows[row][column] ?? ReportCell.Empty : ReportCell.Empty;

    internal ReportAlignment AlignmentOf(int column)
    {
        if (Columns[column].Alignment is not ReportAlignment.Auto and var chosen)
        {
            return chosen;
        }

        var filled = false;
        for (var row = 0; row < Rows.Count; row++)
        {
            var text = CellAt(row, column).Text;
            if (text.Length == 0 || text is "–" or "-")
            {
                continue;
            }

            if (!NumberText.LooksNumeric(text))
            {
                return ReportAlignment.Left;
            }

            filled = true;
        }

        return filled ? ReportAlignment.Right : ReportAlignment.Left;
    }

    internal void Validate()
    {
        for (var row = 0; row < Rows.Count; row++)
        {
            if (Rows[row].Count > Columns.Count)
            {
                throw new ArgumentException(
                    $"Row {row} of the table '{Caption ?? string.Join(", ", Columns.Select(column => column.Header))}' has {Rows[row].Count} cells but there are {Columns.Count} columns: add the missing columns or drop the cells.");
            }
        }
    }
}
