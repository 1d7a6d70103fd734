using System.Collections;

namespace MlOps.Reports.Tests.Notebooks;

public sealed class NotebookFormatterTests
{
    /// <summary>Follows the steps by which a notebook finds formatters by convention: names alone, no shared type.</summary>
    [Fact]
    public void A_notebook_finds_the_formatters_by_name()
    {
        var attribute = typeof(Report).GetCustomAttributes(true).Single(item => item.GetType().Name == "TypeFormatterSourceAttribute");
        var sourceType = Assert.IsAssignableFrom<Type>(attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute));
        var source = Activator.CreateInstance(sourceType)!;
        var formatters = Assert.IsAssignableFrom<IEnumerable>(source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null));
        var report = SampleReport.Full();

        var shown = new Dictionary<string, string>();
        foreach (var formatter in formatters)
        {
            using var writer = new StringWriter();
            var format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!;
            Assert.Equal(true, format.Invoke(formatter, [report, writer]));
            Assert.Equal(false, format.Invoke(formatter, ["no report", writer]));
            shown[(string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!] = writer.ToString();
        }

        Assert.Equal(report.ToHtmlFragment(), shown["text/html"]);
        Assert.Equal(report.ToText(), shown["text/plain"]);
        Assert.Equal("Microsoft.DotNet.Interactive.Formatting", attribute.GetType().Namespace);
    }
}
