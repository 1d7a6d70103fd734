using System.Text.RegularExpressions;
using System.Xml.Linq;
using MlOps.Reports.Charts;

namespace MlOps.Reports.Tests;

public sealed partial class ReportHtmlTests
{
    private const string Hostile = "</style></script><script>alert('1')</script>\" onload=\"x&amp;&<!--]]>\u0000\u001b\ud800\uffff";

    [Fact]
    public void The_whole_page_is_well_formed_with_described_charts_and_scoped_heads()
    {
        var page = XDocument.Parse(SampleReport.Full().ToHtml());

        var charts = page.Descendants("svg").ToArray();
        Assert.Equal(8, charts.Length);
        Assert.All(charts, chart =>
        {
            Assert.Equal("img", chart.Attribute("role")!.Value);
            Assert.Equal("title", chart.Elements().First().Name.LocalName);
            Assert.NotEmpty(chart.Element("desc")!.Value);
        });
        Assert.All(page.Descendants("th"), head => Assert.Contains(head.Attribute("scope")!.Value, new[] { "col", "row" }));
        Assert.Equal(4, page.Descendants("section").Count());
        Assert.Single(page.Descendants("details"));
        Assert.Equal(
            page.Descendants("section").Select(section => "#" + section.Attribute("id")!.Value),
            page.Descendants("nav").Single().Elements("a").Select(link => link.Attribute("href")!.Value));
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere_and_nothing_runs()
    {
        var html = SampleReport.Full().ToHtml();
        var page = XDocument.Parse(html);

        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.Empty(page.Descendants("script").Concat(page.Descendants("link")).Concat(page.Descendants("img")).Concat(page.Descendants("iframe")));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute =>
            attribute.Name.LocalName is "src" || (attribute.Name.LocalName is "href" && !attribute.Value.StartsWith('#')));
    }

    [Fact]
    public void Hostile_text_stays_text_wherever_it_is_put()
    {
        var clean = Everywhere("harmless");
        var hostile = XDocument.Parse(Everywhere(Hostile).ToHtml());

        // No element or attribute that harmless text does not give: nothing broke out.
        Assert.Equal(Shape(XDocument.Parse(clean.ToHtml())), Shape(hostile));
        Assert.Contains("</style></script><script>alert('1')</script>", hostile.Descendants("h1").Single().Value, StringComparison.Ordinal);
        Assert.Empty(hostile.Descendants("script"));
        Assert.DoesNotContain(hostile.ToString(), letter => letter is '\0' or '\u001b');
    }

    [Fact]
    public void The_style_is_written_as_it_is()
    {
        var html = SampleReport.Full().ToHtml();
        var style = html[html.IndexOf("<style>", StringComparison.Ordinal)..html.IndexOf("</style>", StringComparison.Ordinal)];

        // An escape would reach the browser as these letters: style is not parsed as markup.
        Assert.DoesNotContain('&', style);
        Assert.Contains("prefers-color-scheme: dark", style, StringComparison.Ordinal);
        Assert.Contains("@media print", style, StringComparison.Ordinal);
        Assert.Equal(style.Count(letter => letter == '{'), style.Count(letter => letter == '}'));
    }

    [Fact]
    public void Every_class_and_variable_that_is_used_has_a_style()
    {
        var html = SampleReport.Full().ToHtml();
        var style = html[..html.IndexOf("</style>", StringComparison.Ordinal)];
        string[] plain = ["mr-neutral", "s8", "s9"];

        Assert.All(
            XDocument.Parse(html).Descendants().Attributes("class").SelectMany(attribute => attribute.Value.Split(' ')).Distinct().Except(plain),
            name => Assert.Contains("." + name, style, StringComparison.Ordinal));
        Assert.All(
            Variable().Matches(style).Select(match => match.Groups[1].Value).Distinct(),
            name => Assert.Contains(name + ":", style, StringComparison.Ordinal));
    }

    [Fact]
    public void The_fragment_stands_in_one_element_without_ids()
    {
        var fragment = XElement.Parse(SampleReport.Full().ToHtmlFragment());

        Assert.Equal("div", fragment.Name.LocalName);
        Assert.Empty(fragment.Descendants().Attributes("id"));
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes() => Assert.Equal(SampleReport.Full().ToHtml(), SampleReport.Full().ToHtml());

    [Fact]
    public async Task Saving_replaces_the_file_and_leaves_nothing_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "report.html");
            await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);
            await SampleReport.Full().SaveHtmlAsync(path, TestContext.Current.CancellationToken);

            Assert.Equal(SampleReport.Full().ToHtml(), await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_cancelled_save_keeps_the_old_file()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "report.html");
            await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SampleReport.Full().SaveHtmlAsync(path, new CancellationToken(true)));

            Assert.Equal("old", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_missing_folder_is_named_in_the_error()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "report.html");

        var error = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => new Report("r").SaveHtmlAsync(path, TestContext.Current.CancellationToken));
        Assert.Contains(Path.GetDirectoryName(path)!, error.Message, StringComparison.Ordinal);
    }

    private static Report Everywhere(string text) => new Report(text).Subtitle(text).Section(text, section => section
        .Text(text).Text(text, ReportTone.Bad)
        .Facts((text, new ReportCell(text, ReportTone.Good, text)))
        .Table(ReportTable.Of([text], (new ReportColumn(text, ReportAlignment.Left, text), row => new ReportCell(row, ReportTone.Warning, text))) with { Caption = text })
        .Chart(new LineChart
        {
            Title = text,
            Description = text,
            Series = [LineSeries.Of(text, [1, 2]), LineSeries.Of(text, [1d])],
            XLabel = text,
            YLabel = text,
            Unit = text,
            Thresholds = [new(1, text)],
            Events = [new(1, text)],
        })
        .Chart(new BarChart { Title = text, Categories = [text], Series = [new(text, [1])], Horizontal = true, ValueLabel = text, Thresholds = [new(1, text)] })
        .Chart(new Histogram { Title = text, Distribution = new(text, [0, 1], [1]), Overlay = new(text, [0, 1], [2]), XLabel = text })
        .Details(text, inner => inner.Text(text)));

    // Without tooltips of shortened labels: whether a label is shortened depends on its length alone.
    private static IEnumerable<string> Shape(XDocument page) => page.Descendants()
        .Where(element => !(element.Name.LocalName is "title" && element.Parent!.Name.LocalName is "text"))
        .Select(element => element.Name.LocalName + " " + string.Join(',', element.Attributes().Select(attribute => attribute.Name.LocalName)))
        .Distinct()
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"var\((--[a-z0-9-]+)\)")]
    private static partial Regex Variable();
}
