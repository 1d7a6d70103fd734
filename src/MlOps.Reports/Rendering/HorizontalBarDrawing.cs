using MlOps.Reports.Charts;

namespace MlOps.Reports.Rendering;

internal sealed class HorizontalBarDrawing(BarChart chart)
{
    private const double LongestName = 240;

    public IReadOnlyList<string> Draw(MarkupWriter markup)
    {
        var x = chart.Scale();
        var (legend, legendHeight) = ChartFrame.Legend([.. chart.Series.Select(series => series.Name)]);
        var limits = chart.Thresholds.Where(limit => double.IsFinite(limit.Value)).OrderBy(limit => limit.Value).ToArray();
        var names = chart.Categories.Select(category => SvgCanvas.Shorten(category, LongestName)).ToArray();
        var bar = chart.Series.Count > 1 ? 13d : 17d;
        var row = (bar * Math.Max(1, chart.Series.Count)) + 8;
        var left = 12 + names.Select(SvgCanvas.Measure).DefaultIfEmpty(40).Max();
        var longest = chart.Series.SelectMany(series => series.Values).Where(double.IsFinite)
            .Select(value => SvgCanvas.Measure(NumberText.WithUnit(value, chart.Unit))).DefaultIfEmpty(0).Max();
        var top = legendHeight + (limits.Length * 16) + 6;
        var plot = new PlotArea(left, top, SvgCanvas.Width - longest - 12, top + (row * Math.Max(1, names.Length)));

        var canvas = new SvgCanvas(markup);
        canvas.Begin(plot.Bottom + (chart.ValueLabel is null ? 26 : 44), chart.Title, chart.Summary());
        for (var index = 0; index < legend.Count; index++)
        {
            canvas.Rectangle(legend[index].X, legend[index].Y - 10, 16, 11, $"fill s{index % 8}");
            canvas.Text(legend[index].X + 24, legend[index].Y, legend[index].Name, cssClass: "strong");
        }

        foreach (var tick in x.Ticks)
        {
            canvas.Line(plot.X(x, tick), plot.Top, plot.X(x, tick), plot.Bottom, "grid");
        }

        ChartFrame.HorizontalAxis(canvas, x, plot);
        if (ChartFrame.AxisTitle(chart.ValueLabel, chart.Unit) is { } title && chart.ValueLabel is not null)
        {
            canvas.Text((plot.Left + plot.Right) / 2, plot.Bottom + 38, SvgCanvas.Shorten(title, plot.Right - plot.Left), "middle");
        }

        for (var category = 0; category < names.Length; category++)
        {
            var middle = plot.Top + ((category + 0.5) * row);
            canvas.Text(left - 8, middle + 4, names[category], "end", "strong", chart.Categories[category]);
            Bars(canvas, category, x, plot, middle - (bar * chart.Series.Count / 2), bar);
        }

        canvas.Line(plot.X(x, 0), plot.Top, plot.X(x, 0), plot.Bottom, "axis");
        Limits(canvas, limits, x, plot);
        if (names.Length == 0)
        {
            ChartFrame.Empty(canvas, plot);
        }

        canvas.End();
        return chart.Notes();
    }

    private void Bars(SvgCanvas canvas, int category, AxisScale x, PlotArea plot, double top, double bar)
    {
        var zero = plot.X(x, 0);
        for (var index = 0; index < chart.Series.Count; index++)
        {
            var value = chart.Series[index].Values[category];
            if (!double.IsFinite(value))
            {
                continue;
            }

            var at = plot.X(x, value);
            var shown = NumberText.WithUnit(value, chart.Unit);
            canvas.Rectangle(
                Math.Min(at, zero), top + (index * bar), Math.Abs(at - zero), bar - 1.5, $"fill s{index % 8}",
                $"{chart.Name(chart.Series[index], chart.Categories[category])}: {shown}");
            canvas.Text(Math.Max(at, zero) + 5, top + (index * bar) + (bar / 2) + 3.5, shown, cssClass: "halo");
        }
    }

    // Each label has a row of its own above the bars, so that close limits stay readable.
    private void Limits(SvgCanvas canvas, ChartThreshold[] limits, AxisScale x, PlotArea plot)
    {
        for (var index = 0; index < limits.Length; index++)
        {
            var limit = limits[index];
            var at = plot.X(x, limit.Value);
            var label = SvgCanvas.Shorten(limit.Label, 220);
            var half = SvgCanvas.Measure(label) / 2;
            var y = plot.Top - 6 - (index * 16);
            canvas.Line(at, y + 3, at, plot.Bottom, $"thin dashed {SvgCanvas.Tone(limit.Tone)}", $"{limit.Label}: {NumberText.WithUnit(limit.Value, chart.Unit)}");
            canvas.Text(
                Math.Clamp(at, half + 2, SvgCanvas.Width - half - 2), y, label, "middle", $"toned halo {SvgCanvas.Tone(limit.Tone)}", limit.Label);
        }
    }
}
