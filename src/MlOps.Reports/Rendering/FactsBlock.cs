namespace MlOps.Reports.Rendering;

internal sealed class FactsBlock(IReadOnlyList<(string Name, ReportCell Value)> facts) : ReportBlock
{
    public override void WriteHtml(MarkupWriter markup)
    {
        if (facts.Count == 0)
        {
            return;
        }

        markup.Start("dl", "mr-facts");
        foreach (var (name, value) in facts)
        {
            markup.Start("div").Element("dt", name).Start("dd");
            WriteToned(markup, value.Tone, value.Text, value.Tooltip);
            markup.End().End();
        }

        markup.End().Line();
    }

    public override void WriteText(TextPage page)
    {
        if (facts.Count == 0)
        {
            return;
        }

        var names = facts.Select(fact => PlainText.OneLine(fact.Name)).ToArray();
        var width = Math.Min(page.Width / 2, names.Max(PlainText.Width));
        for (var index = 0; index < names.Length; index++)
        {
            var name = PlainText.Pad(PlainText.Shorten(names[index], width), width, ReportAlignment.Left);
            page.Wrapped(TableText.CellText(facts[index].Value), name + "  ");
        }
    }
}
