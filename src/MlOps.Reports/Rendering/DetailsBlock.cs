namespace MlOps.Reports.Rendering;

internal sealed class DetailsBlock(ReportSection content) : ReportBlock
{
    public override void WriteHtml(MarkupWriter markup)
    {
        markup.Start("details").Element("summary", content.Heading).Line();
        foreach (var block in content.Blocks)
        {
            block.WriteHtml(markup);
        }

        markup.End().Line();
    }

    public override void WriteText(TextPage page)
    {
        page.Wrapped(content.Heading, "> ");
        page.Indented(() => TextDocument.WriteBlocks(content.Blocks, page));
    }
}
