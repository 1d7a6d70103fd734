namespace MlOps.Reports.Rendering;

/// <summary>The parts that charts share: legend, axes, limits. All lay out labels so that none covers another.</summary>
internal static class ChartFrame
{
    private const double LegendRow = 20;
    private const double LongestName = 260;
    private const double LongestLimit = 170;

    /// <summary>Where each name of the legend stands.</summary>
    public static (IReadOnlyList<(double X, double Y, string Name)> Items, double Height) Legend(IReadOnlyList<string> names)
    {
        if (names.Count < 2)
        {
            return ([], 0);
        }

        var items = new List<(double, double, string)>();
        var (x, y) = (0d, 14d);
        foreach (var name in names)
        {
            var shown = SvgCanvas.Shorten(name, LongestName);
            var width = 28 + SvgCanvas.Measure(shown) + 16;
            if (x > 0 && x + width > SvgCanvas.Width)
            {
                (x, y) = (0, y + LegendRow);
            }

            items.Add((x, y, shown));
            x += width;
        }

        return (items, y + 10);
    }

    public static double LeftMargin(AxisScale y) => 14 + y.Labels.Max(SvgCanvas.Measure);

    public static double RightMargin(IEnumerable<Charts.ChartThreshold> limits) => limits
        .Where(limit => double.IsFinite(limit.Value))
        .Select(limit => Math.Min(LongestLimit, SvgCanvas.Measure(limit.Label)) + 12)
        .Append(20)
        .Max();

    public static void VerticalAxis(SvgCanvas canvas, AxisScale y, PlotArea plot)
    {
        for (var index = 0; index < y.Ticks.Count; index++)
        {
            var at = plot.Y(y, y.Ticks[index]);
            canvas.Line(plot.Left, at, plot.Right, at, "grid");
            canvas.Text(plot.Left - 7, at + 4, y.Labels[index], "end");
        }
    }

    public static void HorizontalAxis(SvgCanvas canvas, AxisScale x, PlotArea plot)
    {
        canvas.Line(plot.Left, plot.Bottom, plot.Right, plot.Bottom, "axis");
        var taken = double.NegativeInfinity;
        for (var index = 0; index < x.Ticks.Count; index++)
        {
            var at = plot.X(x, x.Ticks[index]);
            var half = SvgCanvas.Measure(x.Labels[index]) / 2;
            var middle = Math.Clamp(at, half + 2, Math.Max(half + 2, SvgCanvas.Width - half - 2));
            if (middle - half < taken + 10)
            {
                continue;
            }

            canvas.Line(at, plot.Bottom, at, plot.Bottom + 4, "axis");
            canvas.Text(middle, plot.Bottom + 18, x.Labels[index], "middle");
            taken = middle + half;
        }
    }

    public static void Limits(SvgCanvas canvas, IEnumerable<Charts.ChartThreshold> limits, AxisScale y, PlotArea plot, string? unit)
    {
        var drawn = limits.Where(limit => double.IsFinite(limit.Value)).OrderByDescending(limit => limit.Value).ToArray();
        var places = Spread([.. drawn.Select(limit => plot.Y(y, limit.Value) + 4)], 14, plot.Top + 4, plot.Bottom + 4);
        for (var index = 0; index < drawn.Length; index++)
        {
            var limit = drawn[index];
            var at = plot.Y(y, limit.Value);
            canvas.Line(plot.Left, at, plot.Right, at, $"thin dashed {SvgCanvas.Tone(limit.Tone)}", $"{limit.Label}: {NumberText.WithUnit(limit.Value, unit)}");
            canvas.Text(plot.Right + 6, places[index], SvgCanvas.Shorten(limit.Label, LongestLimit), "start", $"toned {SvgCanvas.Tone(limit.Tone)}", limit.Label);
        }
    }

    public static string? AxisTitle(string? label, string? unit) => (label, unit) switch
    {
        (null or "", null or "") => null,
        (null or "", _) => unit,
        (_, null or "") => label,
        _ => $"{label} ({unit})",
    };

    public static void Empty(SvgCanvas canvas, PlotArea plot) =>
        canvas.Text((plot.Left + plot.Right) / 2, (plot.Top + plot.Bottom) / 2, "no finite values to draw", "middle");

    /// <summary>Moves rising places apart to the gap, and back up where they would pass the end.</summary>
    private static double[] Spread(double[] places, double gap, double first, double last)
    {
        for (var index = 0; index < places.Length; index++)
        {
            places[index] = Math.Max(places[index], index == 0 ? first : places[index - 1] + gap);
        }

        for (var index = places.Length - 1; index >= 0; index--)
        {
            places[index] = Math.Min(places[index], index == places.Length - 1 ? last : places[index + 1] - gap);
        }

        return places;
    }
}
