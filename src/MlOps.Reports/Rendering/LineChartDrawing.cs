using System.Text;
using MlOps.Reports.Charts;

namespace MlOps.Reports.Rendering;

internal sealed class LineChartDrawing(LineChart chart)
{
    private const double PlotHeight = 220;
    private const double Lane = 16;
    private const int MostLanes = 3;
    private const int MostMarkers = 80;
    private readonly List<string> _unlabelled = [];

    public IReadOnlyList<string> Draw(MarkupWriter markup)
    {
        var lines = chart.Series.Select(LineChart.Sorted).ToArray();
        var values = lines.SelectMany(line => line).Select(point => point.Y).Where(double.IsFinite).ToArray();
        var y = VerticalScale(values);
        var (legend, legendHeight) = ChartFrame.Legend([.. chart.Series.Select(line => line.Name)]);
        var title = ChartFrame.AxisTitle(chart.YLabel, chart.Unit);
        var left = ChartFrame.LeftMargin(y);
        var right = SvgCanvas.Width - ChartFrame.RightMargin(chart.Thresholds);
        var x = HorizontalScale(lines, (int)((right - left) / 80));
        var titleHeight = title is null ? 0 : 18;
        var happenings = Place(x, new PlotArea(left, 0, right, 0));
        var lanes = happenings.Select(placed => placed.Lane + 1).DefaultIfEmpty(0).Max();
        var top = legendHeight + titleHeight + (lanes * Lane) + 10;
        var plot = new PlotArea(left, top, right, top + PlotHeight);
        var caption = chart.XLabel ?? (chart.IsTime ? TimeTicks.Span(x.Min, x.Max) : null);

        var canvas = new SvgCanvas(markup);
        canvas.Begin(plot.Bottom + (caption is null ? 26 : 44), chart.Title, chart.Summary());
        Legend(canvas, legend);
        if (title is not null)
        {
            canvas.Text(0, legendHeight + 12, SvgCanvas.Shorten(title, SvgCanvas.Width));
        }

        Bands(canvas, x, plot);
        ChartFrame.VerticalAxis(canvas, y, plot);
        ChartFrame.HorizontalAxis(canvas, x, plot);
        if (caption is not null)
        {
            canvas.Text((left + right) / 2, plot.Bottom + 38, SvgCanvas.Shorten(caption, right - left), "middle");
        }

        Events(canvas, x, plot, happenings, top - 6);
        ChartFrame.Limits(canvas, chart.Thresholds, y, plot, chart.Unit);
        for (var index = 0; index < lines.Length; index++)
        {
            Series(canvas, index, lines[index], x, y, plot);
        }

        if (values.Length == 0)
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
            canvas.Line(x, y - 4, x + 22, y - 4, $"line {SvgCanvas.Series(index)}");
            canvas.Marker(index, x + 11, y - 4);
            canvas.Text(x + 28, y, name, cssClass: "strong");
        }
    }

    private static string Data(IReadOnlyList<ChartPoint> run, AxisScale x, AxisScale y, PlotArea plot)
    {
        var data = new StringBuilder();
        foreach (var point in Thin(run, x, plot))
        {
            data.Append(data.Length == 0 ? 'M' : 'L').Append(SvgCanvas.Point(plot.X(x, point.X.Value), plot.Y(y, point.Y)));
        }

        return data.ToString();
    }

    private static IEnumerable<ChartPoint> Thin(IReadOnlyList<ChartPoint> run, AxisScale x, PlotArea plot) => run.Count <= 4 * SvgCanvas.Width
        ? run
        : run.GroupBy(point => (int)plot.X(x, point.X.Value)).SelectMany(pixel =>
        {
            var points = pixel.ToArray();
            var (low, high) = (points.MinBy(point => point.Y), points.MaxBy(point => point.Y));
            ChartPoint[] kept = low.X.Value <= high.X.Value ? [points[0], low, high, points[^1]] : [points[0], high, low, points[^1]];
            return kept.Distinct();
        });

    private void Series(SvgCanvas canvas, int index, IReadOnlyList<ChartPoint> points, AxisScale x, AxisScale y, PlotArea plot)
    {
        var run = new List<ChartPoint>();
        var finite = points.Count(point => double.IsFinite(point.Y));
        foreach (var point in points.Append(new ChartPoint(0, double.NaN)))
        {
            if (double.IsFinite(point.Y))
            {
                run.Add(point);
                continue;
            }

            if (run.Count > 1)
            {
                canvas.Path(Data(run, x, y, plot), $"line {SvgCanvas.Series(index)}");
            }

            // A point between two gaps has no line to show it.
            if (run.Count == 1 || finite <= MostMarkers)
            {
                foreach (var mark in run)
                {
                    var tooltip = $"{chart.Series[index].Name}: {NumberText.WithUnit(mark.Y, chart.Unit)} at {mark.X}";
                    canvas.Marker(index, plot.X(x, mark.X.Value), plot.Y(y, mark.Y), tooltip);
                }
            }

            run.Clear();
        }
    }

    private AxisScale VerticalScale(double[] values)
    {
        var all = values.Concat(chart.Thresholds.Select(limit => limit.Value).Where(double.IsFinite)).ToArray();
        if (all.Length == 0)
        {
            return AxisTicks.Covering(0, 1, 5);
        }

        var (min, max) = (all.Min(), all.Max());
        if (chart.FromZero || (min > 0 && min < max / 4))
        {
            min = Math.Min(0, min);
            max = Math.Max(0, max);
        }

        return AxisTicks.Covering(min, max, 5);
    }

    private AxisScale HorizontalScale(IReadOnlyList<ChartPoint>[] lines, int target)
    {
        var places = lines.SelectMany(line => line).Select(point => point.X.Value)
            .Concat(chart.Events.Select(happening => happening.At.Value))
            .Concat(chart.Bands.SelectMany(band => new[] { band.From.Value, band.To.Value }))
            .Where(double.IsFinite)
            .ToArray();
        var (min, max) = places.Length == 0 ? (double.NaN, double.NaN) : (places.Min(), places.Max());
        return chart.IsTime ? TimeTicks.Within(min, max, target) : AxisTicks.Within(min, max, target);
    }

    private List<(ChartEvent Happening, double Middle, int Lane, string Label)> Place(AxisScale x, PlotArea plot)
    {
        var placed = new List<(ChartEvent, double, int, string)>();
        var taken = Enumerable.Repeat(double.NegativeInfinity, MostLanes).ToArray();
        foreach (var happening in chart.Events.Where(happening => double.IsFinite(happening.At.Value)).OrderBy(happening => happening.At.Value))
        {
            var label = SvgCanvas.Shorten(happening.Label, 200);
            var half = SvgCanvas.Measure(label) / 2;
            var middle = Math.Clamp(plot.X(x, happening.At.Value), half + 2, SvgCanvas.Width - half - 2);
            var lane = Array.FindIndex(taken, right => right + 10 <= middle - half);
            if (lane < 0)
            {
                _unlabelled.Add($"{happening.Label} ({happening.At})");
            }
            else
            {
                taken[lane] = middle + half;
            }

            placed.Add((happening, middle, lane, label));
        }

        return placed;
    }

    private static void Events(
        SvgCanvas canvas, AxisScale x, PlotArea plot, List<(ChartEvent Happening, double Middle, int Lane, string Label)> placed, double bottom)
    {
        // All lines first: a label's halo then keeps them off its letters.
        foreach (var (happening, _, lane, _) in placed)
        {
            var at = plot.X(x, happening.At.Value);
            var start = lane < 0 ? plot.Top : bottom - (lane * Lane) + 3;
            canvas.Line(at, start, at, plot.Bottom, $"thin {SvgCanvas.Tone(happening.Tone)}", $"{happening.Label} at {happening.At}");
        }

        foreach (var (happening, middle, lane, label) in placed.Where(item => item.Lane >= 0))
        {
            canvas.Text(middle, bottom - (lane * Lane), label, "middle", $"toned halo {SvgCanvas.Tone(happening.Tone)}", happening.Label);
        }
    }

    private void Bands(SvgCanvas canvas, AxisScale x, PlotArea plot)
    {
        var taken = double.NegativeInfinity;
        foreach (var band in chart.Bands.Where(band => double.IsFinite(band.From.Value) && double.IsFinite(band.To.Value)).OrderBy(band => Math.Min(band.From.Value, band.To.Value)))
        {
            var (from, to) = (plot.X(x, Math.Min(band.From.Value, band.To.Value)), plot.X(x, Math.Max(band.From.Value, band.To.Value)));
            canvas.Rectangle(from, plot.Top, Math.Max(1, to - from), plot.Bottom - plot.Top, $"band {SvgCanvas.Tone(band.Tone)}", $"{band.Label}: {band.From} to {band.To}");
            var width = SvgCanvas.Measure(band.Label);
            if (width + 8 <= to - from && from + 4 > taken)
            {
                canvas.Text(from + 4, plot.Bottom - 7, band.Label, "start", $"toned halo {SvgCanvas.Tone(band.Tone)}");
                taken = from + 4 + width;
            }
            else
            {
                _unlabelled.Add($"{band.Label} (shaded, {band.From} to {band.To})");
            }
        }
    }

    private List<string> Notes()
    {
        var notes = new List<string>();
        if (_unlabelled.Count > 0)
        {
            notes.Add("Also in the chart: " + string.Join("; ", _unlabelled));
        }

        var infinite = chart.Series.Sum(line => line.Points.Count(point => double.IsInfinity(point.Y) || !double.IsFinite(point.X.Value)));
        if (infinite > 0)
        {
            notes.Add($"Points that are infinite or have no place on the axis, so not drawn: {NumberText.Whole(infinite)}.");
        }

        return notes;
    }
}
