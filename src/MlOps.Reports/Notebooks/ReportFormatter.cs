namespace MlOps.Reports.Notebooks;

/// <summary>One way to show a report; the notebook reads the two members by name.</summary>
internal sealed class ReportFormatter(string mimeType, Func<Report, string> render)
{
    public string MimeType { get; } = mimeType;

    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not Report report)
        {
            return false;
        }

        writer.Write(render(report));
        return true;
    }
}
