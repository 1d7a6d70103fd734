namespace MlOps.Reports.Rendering;

internal static class TextDocument
{
    public static string Write(Report report, int width)
    {
        var page = new TextPage(width);
        page.Heading(report.Title, '=');
        if (report.SubtitleText is { Length: > 0 } subtitle)
        {
            page.Wrapped(subtitle);
        }

        foreach (var section in report.Sections)
        {
            page.Line();
            page.Heading(section.Heading, '-');
            WriteBlocks(section.Blocks, page);
        }

        return page.ToString();
    }

    public static void WriteBlocks(IReadOnlyList<ReportBlock> blocks, TextPage page)
    {
        for (var index = 0; index < blocks.Count; index++)
        {
            if (index > 0)
            {
                page.Line();
            }

            blocks[index].WriteText(page);
        }
    }
}
