using System.Globalization;
using System.Text;
using System.Xml;

namespace MlOps.Data.Checks.Reporting;

/// <summary>Writes a report of checks as the XML that JUnit's Ant task made common.</summary>
internal static class JUnitFile
{
    public static string Write(CheckReport report)
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };
        using (var writer = XmlWriter.Create(text, settings))
        {
            writer.WriteStartElement("testsuites");
            WriteSuite(writer, report);
            writer.WriteEndElement();
        }

        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n";
    }

    private static void WriteSuite(XmlWriter writer, CheckReport report)
    {
        var seconds = report.Duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        writer.WriteStartElement("testsuite");
        writer.WriteAttributeString("name", Clean($"{report.Suite} on {report.Dataset.Name}"));
        Write(writer, "tests", report.Results.Count);
        Write(writer, "failures", report.Results.Count(IsFailure));
        Write(writer, "errors", 0);
        Write(writer, "skipped", 0);
        writer.WriteAttributeString("time", seconds);
        writer.WriteAttributeString("timestamp", report.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        foreach (var result in report.Results)
        {
            writer.WriteStartElement("testcase");
            writer.WriteAttributeString("classname", Clean(report.Suite));
            writer.WriteAttributeString("name", Clean(result.Title));

            // All checks share one pass over the data: none has a time of its own.
            writer.WriteAttributeString("time", "0");
            if (IsFailure(result))
            {
                writer.WriteStartElement("failure");
                writer.WriteAttributeString("message", Clean(result.Observed));
                writer.WriteAttributeString("type", result.Severity.ToString().ToLowerInvariant());
                writer.WriteString(Clean(Details(result)));
                writer.WriteEndElement();
            }
            else if (!result.Passed)
            {
                writer.WriteElementString("system-out", Clean($"warning: {Details(result)}"));
            }

            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static bool IsFailure(CheckResult result) => !result.Passed && result.Severity != CheckSeverity.Warning;

    private static string Details(CheckResult result)
    {
        IEnumerable<string> lines =
        [
            $"{result.Title}: {result.Observed}",
            .. result.Examples.Select(example => example.ToString()),
            .. result.Segments.Where(segment => !segment.Passed).Select(segment => segment.ToString()),
        ];
        return string.Join('\n', lines);
    }

    private static void Write(XmlWriter writer, string name, int value) => writer.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    // Cells hold whatever the data holds: what XML cannot say becomes U+FFFD.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return clean.ToString();
    }
}
