using MlOps.Reports.Charts;

namespace MlOps.Reports.Rendering;

internal sealed class ChartBlock(Chart chart) : ReportBlock
{
    public override void WriteHtml(MarkupWriter markup)
    {
        markup.Start("figure").Start("figcaption").Element("strong", chart.Title);
        if (chart.Description is { Length: > 0 } description)
        {
            markup.Start("span", "mr-description").Text(description).End();
        }

        markup.End().Line();
        var notes = chart.Draw(markup);
        foreach (var note in notes)
        {
            markup.Element("p", note, "mr-note");
        }

        markup.End().Line();
    }

    public override void WriteText(TextPage page)
    {
        page.Wrapped(chart.Title);
        if (chart.Description is { Length: > 0 } description)
        {
            page.Wrapped(description);
        }

        page.Indented(() => chart.WriteText(page));
    }
}
