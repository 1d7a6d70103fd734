namespace MlOps.Reports.Rendering;

internal sealed class TableBlock(ReportTable table) : ReportBlock
{
    public override void WriteHtml(MarkupWriter markup)
    {
        // Focusable, so that a wide table can be scrolled without a mouse.
        markup.Start("div", "mr-scroll").Attribute("role", "region").Attribute("tabindex", "0")
            .Attribute("aria-label", table.Caption ?? "table").Start("table");
        if (table.Caption is { Length: > 0 } caption)
        {
            markup.Element("caption", caption);
        }

        var alignments = table.Columns.Select((_, column) => CssClass(table.AlignmentOf(column))).ToArray();
        markup.Start("thead").Start("tr");
        for (var column = 0; column < table.Columns.Count; column++)
        {
            Cell(markup, "th", alignments[column]).Attribute("scope", "col");
            WriteToned(markup, ReportTone.Neutral, table.Columns[column].Header, table.Columns[column].Tooltip);
            markup.End();
        }

        markup.End().End().Line().Start("tbody");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            WriteRow(markup, row, alignments);
        }

        if (table.Rows.Count == 0)
        {
            markup.Start("tr").Start("td", "mr-empty").Attribute("colspan", Math.Max(1, table.Columns.Count)).Text(table.EmptyText).End().End();
        }

        markup.End().End().End().Line();
    }

    public override void WriteText(TextPage page) => TableText.Write(table, page);

    private void WriteRow(MarkupWriter markup, int row, string?[] alignments)
    {
        markup.Start("tr");
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var cell = table.CellAt(row, column);
            if (column == 0)
            {
                Cell(markup, "th", alignments[column]).Attribute("scope", "row");
            }
            else
            {
                Cell(markup, "td", alignments[column]);
            }

            WriteToned(markup, cell.Tone, cell.Text, cell.Tooltip);
            markup.End();
        }

        markup.End().Line();
    }

    private static MarkupWriter Cell(MarkupWriter markup, string tag, string? cssClass) => markup.Start(tag, cssClass);

    private static string? CssClass(ReportAlignment alignment) => alignment switch
    {
        ReportAlignment.Right => "mr-right",
        ReportAlignment.Center => "mr-center",
        _ => null,
    };
}
