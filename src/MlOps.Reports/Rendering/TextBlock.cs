namespace MlOps.Reports.Rendering;

internal sealed class TextBlock(string text, ReportTone tone) : ReportBlock
{
    private IEnumerable<string> Paragraphs =>
        text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public override void WriteHtml(MarkupWriter markup)
    {
        foreach (var paragraph in Paragraphs)
        {
            markup.Start("p", tone is ReportTone.Neutral ? null : $"mr-notice mr-{ToneName(tone)}");
            WriteToned(markup, tone, paragraph);
            markup.End().Line();
        }
    }

    public override void WriteText(TextPage page)
    {
        var first = true;
        foreach (var paragraph in Paragraphs)
        {
            if (!first)
            {
                page.Line();
            }

            page.Wrapped(paragraph, PlainText.Mark(tone));
            first = false;
        }
    }
}
