namespace MlOps.Reports.Rendering;

internal static class HtmlDocument
{
    private const int SectionsThatNeedContents = 4;

    public static string Page(Report report)
    {
        var markup = new MarkupWriter();
        markup.Start("html").Attribute("lang", "en").Start("head").Line()
            .Start("meta").Attribute("charset", "utf-8").End().Line()
            .Start("meta").Attribute("name", "viewport").Attribute("content", "width=device-width, initial-scale=1").End().Line()
            .Start("meta").Attribute("name", "color-scheme").Attribute("content", "light dark").End().Line()
            // A second lock behind the escaping: even a mistake there could neither run nor load anything.
            .Start("meta").Attribute("http-equiv", "Content-Security-Policy").Attribute("content", "default-src 'none'; style-src 'unsafe-inline'").End().Line()
            .Element("title", report.Title).Line()
            .Element("style", Stylesheet.Page + Stylesheet.Content).Line()
            .End().Line()
            .Start("body").Start("main", "mlops-report").Line();
        WriteContent(markup, report, withContents: report.Sections.Count >= SectionsThatNeedContents);
        return "<!DOCTYPE html>\n" + markup.End().End().End().Line();
    }

    public static string Fragment(Report report)
    {
        var markup = new MarkupWriter();
        markup.Start("div", "mlops-report").Line().Element("style", Stylesheet.Content).Line();
        WriteContent(markup, report, withContents: false);
        return markup.End().Line().ToString();
    }

    private static void WriteContent(MarkupWriter markup, Report report, bool withContents)
    {
        markup.Start("header").Element("h1", report.Title);
        if (report.SubtitleText is { Length: > 0 } subtitle)
        {
            markup.Element("p", subtitle, "mr-subtitle");
        }

        markup.End().Line();
        if (withContents)
        {
            markup.Start("nav").Attribute("aria-label", "Contents");
            for (var index = 0; index < report.Sections.Count; index++)
            {
                markup.Start("a").Attribute("href", $"#section-{index + 1}").Text(report.Sections[index].Heading).End().Text(" ");
            }

            markup.End().Line();
        }

        for (var index = 0; index < report.Sections.Count; index++)
        {
            markup.Start("section");
            if (withContents)
            {
                markup.Attribute("id", $"section-{index + 1}");
            }

            markup.Element("h2", report.Sections[index].Heading).Line();
            foreach (var block in report.Sections[index].Blocks)
            {
                block.WriteHtml(markup);
            }

            markup.End().Line();
        }
    }
}
