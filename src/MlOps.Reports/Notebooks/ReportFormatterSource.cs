namespace MlOps.Reports.Notebooks;

/// <summary>Tells a notebook how to show a report; called by name through the attribute on <see cref="Report"/>.</summary>
internal sealed class ReportFormatterSource
{
#pragma warning disable CA1822 // The notebook makes an instance and calls this on it.
    public IEnumerable<object> CreateTypeFormatters()
#pragma warning restore CA1822
    {
        yield return new ReportFormatter("text/plain", report => report.ToText());
        yield return new ReportFormatter("text/html", report => report.ToHtmlFragment());
    }
}
