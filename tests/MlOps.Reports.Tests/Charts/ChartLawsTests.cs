using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FsCheck.Xunit;
using MlOps.Reports.Charts;

namespace MlOps.Reports.Tests.Charts;

public sealed partial class ChartLawsTests
{
    private static readonly double[] Odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, 0];

    [Property(MaxTest = 300)]
    public void Any_values_draw_a_line_chart_inside_its_picture(double[] values, double limit) =>
        Draws(new LineChart { Title = "t", Series = [LineSeries.Of("a", [.. values, .. Odd]), LineSeries.Of("b", values)], Thresholds = [new(limit, "limit")] });

    [Property(MaxTest = 300)]
    public void Any_places_draw_a_line_chart_inside_its_picture((double X, double Y)[] points, double at) =>
        Draws(new LineChart { Title = "t", Series = [LineSeries.Of("a", points)], Events = [new(at, "event")], Bands = [new(at, 1, "band")] });

    [Property(MaxTest = 300)]
    public void Any_values_draw_bars_inside_their_picture(double[] values, bool horizontal) =>
        Draws(new BarChart
        {
            Title = "t",
            Categories = [.. values.Select((_, index) => $"category number {index}")],
            Series = [new("a", values), new("b", [.. values.Reverse()])],
            Horizontal = horizontal,
            Thresholds = [.. values.Take(2).Select(value => new ChartThreshold(value, "limit"))],
        });

    [Property(MaxTest = 300)]
    public void Any_rising_edges_draw_a_histogram_inside_its_picture(double[] edges, ushort[] counts)
    {
        var rising = edges.Where(double.IsFinite).Order().ToArray();
        var bins = Math.Min(counts.Length, Math.Max(0, rising.Length - 1));
        Draws(new Histogram
        {
            Title = "t",
            Distribution = new("a", bins == 0 ? [] : [double.NegativeInfinity, .. rising[1..bins], rising[bins]], [.. counts.Take(bins).Select(count => (double)count)]),
            Overlay = new("b", [0, 1, double.PositiveInfinity], [3, 4]),
        });
    }

    [Fact]
    public void A_gap_breaks_the_line_and_a_lone_point_keeps_its_marker()
    {
        var chart = new LineChart { Title = "t", Series = [LineSeries.Of("a", [1, 2, double.NaN, 3, double.NaN, 4, 5])] };
        var svg = Svg(chart);

        Assert.Equal(2, svg.Descendants("path").Count());
        Assert.Equal(5, svg.Descendants("circle").Count());
    }

    [Fact]
    public void Thinning_keeps_a_single_spike()
    {
        var values = new double[100_000];
        values[54_321] = 1000;
        var svg = Svg(new LineChart { Title = "t", Series = [LineSeries.Of("a", values)] });
        var data = svg.Descendants("path").Single().Attribute("d")!.Value;
        var heights = Coordinate().Matches(data).Select(match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)).ToArray();

        Assert.True(heights.Length < 4000, $"{heights.Length} points");
        Assert.Single(heights, height => height == heights.Min());
    }

    [Fact]
    public void Instants_and_numbers_on_one_axis_are_refused()
    {
        var chart = new LineChart { Title = "mixed", Series = [LineSeries.Of("a", [1d])], Events = [new(SampleReport.Start, "e")] };

        Assert.Contains("mixed", Assert.Throws<ArgumentException>(() => new Report("r").Section("s").Chart(chart)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_do_not_fit_are_refused_with_their_names()
    {
        var section = new Report("r").Section("s");

        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() =>
            section.Chart(new BarChart { Title = "t", Categories = ["x"], Series = [new("b", [1, 2])] })).Message, StringComparison.Ordinal);
        Assert.Contains("2 edges", Assert.Throws<ArgumentException>(() =>
            section.Chart(new Histogram { Title = "t", Distribution = new("h", [0, 1], [1, 2]) })).Message, StringComparison.Ordinal);
        Assert.Contains("must rise", Assert.Throws<ArgumentException>(() =>
            section.Chart(new Histogram { Title = "t", Distribution = new("h", [0, 2, 1], [1, 2]) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_shares_of_different_totals_are_drawn_at_the_same_height()
    {
        var svg = Svg(new Histogram { Title = "t", Distribution = new("a", [0, 1, 2], [10, 10]), Overlay = new("b", [0, 1, 2], [500, 500]) });
        var bars = svg.Descendants("rect").Where(bar => bar.Element("title")?.Value.StartsWith("a:", StringComparison.Ordinal) == true);
        var markers = svg.Descendants("rect").Where(mark => mark.Element("title")?.Value.StartsWith("b:", StringComparison.Ordinal) == true);

        Assert.All(bars, bar => Assert.All(markers, mark => Assert.Equal(Value(bar, "y"), Value(mark, "y") + 3.2, 1)));
        Assert.Equal(2, bars.Count());
        Assert.Equal(2, markers.Count());
    }

    private static XElement Svg(Chart chart) =>
        XDocument.Parse(new Report("r").Section("s", section => section.Chart(chart)).ToHtml()).Descendants("svg").Single();

    private static double Value(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static void Draws(Chart chart)
    {
        var svg = Svg(chart);
        var height = double.Parse(svg.Attribute("viewBox")!.Value.Split(' ')[3], CultureInfo.InvariantCulture);
        Assert.InRange(height, 50, 100_000);
        foreach (var attribute in svg.Descendants().Attributes())
        {
            switch (attribute.Name.LocalName)
            {
                case "x" or "x1" or "x2" or "cx":
                    Assert.InRange(double.Parse(attribute.Value, CultureInfo.InvariantCulture), -5, 765);
                    break;
                case "y" or "y1" or "y2" or "cy":
                    Assert.InRange(double.Parse(attribute.Value, CultureInfo.InvariantCulture), -5, height + 5);
                    break;
                case "width" or "height":
                    Assert.InRange(double.Parse(attribute.Value, CultureInfo.InvariantCulture), 0, Math.Max(760, height));
                    break;
                case "d":
                    Assert.DoesNotMatch("[^ML0-9. -]", attribute.Value);
                    break;
            }
        }

        Assert.NotEmpty(new Report("r").Section("s", section => section.Chart(chart)).ToText());
    }

    [GeneratedRegex(@"[ML]([-0-9.]+) ([-0-9.]+)")]
    private static partial Regex Coordinate();
}
