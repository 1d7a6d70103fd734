using MlOps.Reports.Charts;

namespace MlOps.Reports.Rendering;

internal sealed class VerticalBarDrawing(BarChart chart)
{
    private const double WidestLeft = 100;
    private const double PlotHeight = 220;
    private const double Turned = 35;
    private const double LongestTurned = 150;
    private const double LongestFlat = 140;

    public IReadOnlyList<string> Draw(MarkupWriter markup)
    {
        var y = chart.Scale();
        var (legend, legendHeight) = ChartFrame.Legend([.. chart.Series.Select(series => series.Name)]);
        var title = ChartFrame.AxisTitle(chart.ValueLabel, chart.Unit);
        var top = legendHeight + (title is null ? 0 : 18) + 16;
        var (left, right) = (ChartFrame.LeftMargin(y), SvgCanvas.Width - ChartFrame.RightMargin(chart.Thresholds));
        var slot = (right - left) / Math.Max(1, chart.Categories.Count);
        var flat = chart.Categories.All(category => SvgCanvas.Measure(SvgCanvas.Shorten(category, LongestFlat)) + 8 <= slot);
        if (!flat)
        {
            // The first name hangs to the left of its bar: a short one is given the room.
            left = Math.Max(left, Math.Min(WidestLeft, (SvgCanvas.Measure(chart.Categories[0]) * Math.Cos(Turned * Math.PI / 180)) + 12 - (slot / 2)));
            slot = (right - left) / chart.Categories.Count;
        }

        var plot = new PlotArea(left, top, right, top + PlotHeight);
        var names = chart.Categories.Select(category => flat ? SvgCanvas.Shorten(category, LongestFlat) : SvgCanvas.ShortenMiddle(category, LongestTurned)).ToArray();
        var nameHeight = flat ? 26 : 20 + (names.Select(SvgCanvas.Measure).DefaultIfEmpty(0).Max() * Math.Sin(Turned * Math.PI / 180));

        var canvas = new SvgCanvas(markup);
        canvas.Begin(plot.Bottom + nameHeight, chart.Title, chart.Summary());
        for (var index = 0; index < legend.Count; index++)
        {
            canvas.Rectangle(legend[index].X, legend[index].Y - 10, 16, 11, $"fill s{index % 8}");
            canvas.Text(legend[index].X + 24, legend[index].Y, legend[index].Name, cssClass: "strong");
        }

        if (title is not null)
        {
            canvas.Text(0, legendHeight + 12, SvgCanvas.Shorten(title, SvgCanvas.Width));
        }

        ChartFrame.VerticalAxis(canvas, y, plot);
        Bars(canvas, y, plot, slot);
        canvas.Line(plot.Left, plot.Y(y, 0), plot.Right, plot.Y(y, 0), "axis");
        Names(canvas, names, plot, slot, flat);
        ChartFrame.Limits(canvas, chart.Thresholds, y, plot, chart.Unit);
        Values(canvas, y, plot, slot);
        if (chart.Categories.Count == 0)
        {
            ChartFrame.Empty(canvas, plot);
        }

        canvas.End();
        return chart.Notes();
    }

    private void Bars(SvgCanvas canvas, AxisScale y, PlotArea plot, double slot)
    {
        var zero = plot.Y(y, 0);
        var bar = Math.Min(56, slot * 0.78 / Math.Max(1, chart.Series.Count));
        for (var category = 0; category < chart.Categories.Count; category++)
        {
            var left = plot.Left + ((category + 0.5) * slot) - (bar * chart.Series.Count / 2);
            for (var index = 0; index < chart.Series.Count; index++)
            {
                var value = chart.Series[index].Values[category];
                if (!double.IsFinite(value))
                {
                    continue;
                }

                var at = plot.Y(y, value);
                var x = left + (index * bar);
                canvas.Rectangle(
                    x, Math.Min(at, zero), bar - Math.Min(2, bar * 0.15), Math.Abs(zero - at), $"fill s{index % 8}",
                    $"{chart.Name(chart.Series[index], chart.Categories[category])}: {NumberText.WithUnit(value, chart.Unit)}");
            }
        }
    }

    // After the limits, so that no dashed line runs through a number; left out where the bars are too slim for all of them.
    private void Values(SvgCanvas canvas, AxisScale y, PlotArea plot, double slot)
    {
        var bar = Math.Min(56, slot * 0.78 / Math.Max(1, chart.Series.Count));
        var labels = chart.Series.SelectMany(series => series.Values).Where(double.IsFinite).Select(NumberText.Short).ToArray();
        if (labels.Length == 0 || labels.Max(SvgCanvas.Measure) + 4 > (chart.Series.Count == 1 ? slot : bar))
        {
            return;
        }

        for (var category = 0; category < chart.Categories.Count; category++)
        {
            var left = plot.Left + ((category + 0.5) * slot) - (bar * chart.Series.Count / 2);
            for (var index = 0; index < chart.Series.Count; index++)
            {
                var value = chart.Series[index].Values[category];
                if (double.IsFinite(value))
                {
                    var at = plot.Y(y, value);
                    var line = value < 0 ? Math.Min(at + 13, plot.Bottom - 2) : at - 4;
                    canvas.Text(left + ((index + 0.5) * bar), line, NumberText.Short(value), "middle", "halo");
                }
            }
        }
    }

    private void Names(SvgCanvas canvas, string[] names, PlotArea plot, double slot, bool flat)
    {
        // Turned names need a line's height each: with more categories than that, every second or third is named.
        var every = flat ? 1 : Math.Max(1, (int)Math.Ceiling(20 / slot));
        for (var index = 0; index < names.Length; index += every)
        {
            var middle = plot.Left + ((index + 0.5) * slot);
            if (flat)
            {
                canvas.Text(middle, plot.Bottom + 18, names[index], "middle", full: chart.Categories[index]);
            }
            else
            {
                // Hung from their ends; the first ones are shortened further where they would leave the picture.
                var room = (middle - 4) / Math.Cos(Turned * Math.PI / 180);
                canvas.Text(middle + 4, plot.Bottom + 14, SvgCanvas.ShortenMiddle(chart.Categories[index], Math.Min(LongestTurned, room)), "end", full: chart.Categories[index], turn: -Turned);
            }
        }
    }
}
