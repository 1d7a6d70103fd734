namespace MlOps.Reports.Rendering;

/// <summary>A table as aligned text: cells wrap where the page is narrow, and rows become records where even that does not fit.</summary>
internal static class TableText
{
    private const int Gap = 2;
    private const int NarrowestColumn = 6;

    public static void Write(ReportTable table, TextPage page)
    {
        if (table.Caption is { Length: > 0 } caption)
        {
            page.Wrapped(caption);
        }

        if (table.Rows.Count == 0 || table.Columns.Count == 0)
        {
            page.Line($"({PlainText.OneLine(table.EmptyText)})");
            return;
        }

        var heads = table.Columns.Select(column => PlainText.OneLine(column.Header)).ToArray();
        var cells = Enumerable.Range(0, table.Rows.Count)
            .Select(row => heads.Select((_, column) => CellText(table.CellAt(row, column))).ToArray())
            .ToArray();
        var widths = heads
            .Select((head, column) => Math.Max(1, Math.Max(PlainText.Width(head), cells.Max(row => PlainText.Width(row[column])))))
            .ToArray();
        if (!Fit(widths, page.Width))
        {
            WriteRecords(heads, cells, page);
            return;
        }

        var alignments = heads.Select((_, column) => table.AlignmentOf(column)).ToArray();
        WriteRow(heads, widths, alignments, page);
        page.Line(string.Join(new string(' ', Gap), widths.Select(width => new string('-', width))));
        foreach (var row in cells)
        {
            WriteRow(row, widths, alignments, page);
        }
    }

    public static string CellText(ReportCell cell) => PlainText.Mark(cell.Tone) + PlainText.OneLine(cell.Text);

    private static bool Fit(int[] widths, int available)
    {
        var total = widths.Sum() + (Gap * (widths.Length - 1));
        while (total > available)
        {
            var widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= NarrowestColumn)
            {
                return false;
            }

            widths[widest]--;
            total--;
        }

        return true;
    }

    private static void WriteRow(string[] cells, int[] widths, ReportAlignment[] alignments, TextPage page)
    {
        var wrapped = cells.Select((cell, column) => PlainText.Wrap(cell, widths[column])).ToArray();
        for (var line = 0; line < wrapped.Max(cell => cell.Count); line++)
        {
            page.Line(string.Join(
                new string(' ', Gap),
                wrapped.Select((cell, column) => PlainText.Pad(line < cell.Count ? cell[line] : "", widths[column], alignments[column]))));
        }
    }

    private static void WriteRecords(string[] heads, string[][] rows, TextPage page)
    {
        var nameWidth = Math.Min(page.Width / 2, heads.Max(PlainText.Width));
        for (var row = 0; row < rows.Length; row++)
        {
            page.Line($"[{row + 1}]");
            for (var column = 0; column < heads.Length; column++)
            {
                var name = PlainText.Pad(PlainText.Shorten(heads[column], nameWidth), nameWidth, ReportAlignment.Left);
                page.Wrapped(rows[row][column], name + "  ");
            }
        }
    }
}
