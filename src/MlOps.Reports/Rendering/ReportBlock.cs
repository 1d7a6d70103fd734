namespace MlOps.Reports.Rendering;

/// <summary>One thing in a section.</summary>
internal abstract class ReportBlock
{
    public abstract void WriteHtml(MarkupWriter markup);

    public abstract void WriteText(TextPage page);

    protected static void WriteToned(MarkupWriter markup, ReportTone tone, string text, string? tooltip = null)
    {
        if (tone is ReportTone.Neutral && tooltip is null)
        {
            markup.Text(text);
            return;
        }

        markup.Start("span", tone is ReportTone.Neutral ? "mr-tip" : $"mr-tone mr-{ToneName(tone)}");
        if (tooltip is not null)
        {
            markup.Attribute("title", tooltip);
        }

        if (tone is not ReportTone.Neutral)
        {
            markup.Start("span", "mr-mark").Attribute("aria-label", ToneName(tone)).Attribute("role", "img").Text(tone switch
            {
                ReportTone.Good => "✓",
                ReportTone.Warning => "!",
                _ => "✕",
            }).End().Text("\u00a0");
        }

        markup.Text(text).End();
    }

    protected static string ToneName(ReportTone tone) => tone switch
    {
        ReportTone.Good => "good",
        ReportTone.Warning => "warning",
        ReportTone.Bad => "bad",
        _ => "neutral",
    };
}
