using System.Text;
using MlOps.Reports.Charts;

namespace MlOps.Reports.Rendering;

internal sealed class HistogramDrawing(Histogram chart)
{
    private const double PlotHeight = 200;
    private const int MostMarkers = 12;

    private enum Height
    {
        Count,
        Share,
        Density,
    }

    public IReadOnlyList<string> Draw(MarkupWriter markup)
    {
        var bins = chart.All.Select(DrawnBins).ToArray();
        var kind = Choose(bins);
        var heights = chart.All.Select((series, index) => Heights(series, bins[index], kind)).ToArray();
        var y = AxisTicks.Covering(0, heights.SelectMany(height => height).Append(0).Max() is > 0 and var highest ? highest : 1, 5);
        if (kind is Height.Share)
        {
            y = y with { Labels = [.. y.Labels.Select(label => label + "%")] };
        }

        var (legend, legendHeight) = ChartFrame.Legend([.. chart.All.Select(series => series.Name)]);
        var top = legendHeight + 24;
        var plot = new PlotArea(ChartFrame.LeftMargin(y), top, SvgCanvas.Width - 20, top + PlotHeight);
        var ends = bins.SelectMany(drawn => drawn).SelectMany(bin => new[] { bin.Low, bin.High }).ToArray();
        var x = ends.Length == 0 ? AxisTicks.Within(0, 1, 8) : AxisTicks.Within(ends.Min(), ends.Max(), 8);

        var canvas = new SvgCanvas(markup);
        canvas.Begin(plot.Bottom + (chart.XLabel is null ? 26 : 44), chart.Title, chart.Summary());
        Legend(canvas, legend);
        canvas.Text(0, legendHeight + 12, kind switch
        {
            Height.Count => "count",
            Height.Share => "share of values",
            _ => "density",
        });
        ChartFrame.VerticalAxis(canvas, y, plot);
        for (var bin = 0; bin < bins[0].Count; bin++)
        {
            var (left, right) = (plot.X(x, bins[0][bin].Low), plot.X(x, bins[0][bin].High));
            var at = plot.Y(y, heights[0][bin]);
            var gap = right - left > 6 ? 1 : 0;
            canvas.Rectangle(left, at, Math.Max(1.5, right - left - gap), plot.Bottom - at, "fill s0", Tooltip(chart.Distribution, bin));
        }

        if (chart.Overlay is not null)
        {
            Outline(canvas, chart.Overlay, bins[1], heights[1], x, y, plot);
        }

        ChartFrame.HorizontalAxis(canvas, x, plot);
        if (chart.XLabel is { } label)
        {
            canvas.Text((plot.Left + plot.Right) / 2, plot.Bottom + 38, SvgCanvas.Shorten(label, plot.Right - plot.Left), "middle");
        }

        if (bins[0].Count == 0 && chart.Overlay is null)
        {
            ChartFrame.Empty(canvas, plot);
        }

        canvas.End();
        return Notes();
    }

    private static void Legend(SvgCanvas canvas, IReadOnlyList<(double X, double Y, string Name)> items)
    {
        for (var index = 0; index < items.Count; index++)
        {
            var (x, y, name) = items[index];
            if (index == 0)
            {
                canvas.Rectangle(x, y - 10, 16, 11, "fill s0");
            }
            else
            {
                canvas.Line(x, y - 4, x + 18, y - 4, "line s1");
            }

            canvas.Text(x + 24, y, name, cssClass: "strong");
        }
    }

    private static void Outline(
        SvgCanvas canvas, HistogramSeries series, List<(double Low, double High)> bins, double[] heights, AxisScale x, AxisScale y, PlotArea plot)
    {
        if (bins.Count == 0)
        {
            return;
        }

        var data = new StringBuilder("M").Append(SvgCanvas.Point(plot.X(x, bins[0].Low), plot.Bottom));
        for (var bin = 0; bin < bins.Count; bin++)
        {
            var at = plot.Y(y, heights[bin]);
            data.Append('L').Append(SvgCanvas.Point(plot.X(x, bins[bin].Low), at)).Append('L').Append(SvgCanvas.Point(plot.X(x, bins[bin].High), at));
        }

        data.Append('L').Append(SvgCanvas.Point(plot.X(x, bins[^1].High), plot.Bottom));
        canvas.Path(data.ToString(), "line s1");
        // More markers than this hide the outline that they stand on.
        for (var bin = 0; bin < bins.Count && bins.Count <= MostMarkers; bin++)
        {
            canvas.Marker(1, plot.X(x, (bins[bin].Low / 2) + (bins[bin].High / 2)), plot.Y(y, heights[bin]), Tooltip(series, bin));
        }
    }

    private static string Tooltip(HistogramSeries series, int bin) =>
        $"{series.Name}: {Histogram.Bin(series, bin)}: {NumberText.Short(series.Counts[bin])} ({Histogram.Share(series, bin)})";

    private static List<(double Low, double High)> DrawnBins(HistogramSeries series)
    {
        var finite = series.Edges.Where(double.IsFinite).Select(edge => Math.Clamp(edge, -1e300, 1e300)).ToArray();
        var average = finite.Length > 1 && finite[^1] > finite[0] ? (finite[^1] - finite[0]) / (finite.Length - 1) : 1;
        return [.. series.Counts.Select((_, bin) =>
        {
            var (low, high) = (Math.Clamp(series.Edges[bin], -1e300, 1e300), Math.Clamp(series.Edges[bin + 1], -1e300, 1e300));
            return (double.IsInfinity(series.Edges[bin]), double.IsInfinity(series.Edges[bin + 1])) switch
            {
                (true, true) => (-1d, 1d),
                (true, false) => (high - average, high),
                (false, true) => (low, low + average),
                _ => (low, high),
            };
        })];
    }

    private static double[] Heights(HistogramSeries series, List<(double Low, double High)> bins, Height kind)
    {
        var total = series.Counts.Sum() is > 0 and var sum && double.IsFinite(sum) ? sum : 1;
        return [.. series.Counts.Select((count, bin) => kind switch
        {
            Height.Count => count,
            Height.Share => 100 * count / total,
            _ => count / total / (bins[bin].High - bins[bin].Low),
        })];
    }

    private static Height Choose(List<(double Low, double High)>[] bins)
    {
        var widths = bins.SelectMany(drawn => drawn).Select(bin => bin.High - bin.Low).ToArray();
        if (widths.Length == 0 || widths.Max() - widths.Min() <= 1e-6 * widths.Max())
        {
            return bins.Length == 1 ? Height.Count : Height.Share;
        }

        // A bin without width has no density: what it holds can only be shown as a share.
        return widths.Any(width => width <= 0) ? Height.Share : Height.Density;
    }

    private List<string> Notes() =>
        chart.All.Any(series => series.Counts.Count > 0 && (double.IsInfinity(series.Edges[0]) || double.IsInfinity(series.Edges[^1])))
            ? ["The outermost bins are open: each holds everything beyond its edge."]
            : [];
}
