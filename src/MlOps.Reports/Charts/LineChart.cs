using MlOps.Reports.Rendering;

namespace MlOps.Reports.Charts;

/// <summary>Values over a number or over time: training curves, metrics by monitoring window.</summary>
/// <remarks>
/// The horizontal axis is time when the points are instants. Thousands of points are thinned for drawing to the least and the
/// greatest value a pixel, so that no spike is lost.
/// </remarks>
public sealed record LineChart : Chart
{
    private const int LabelWidth = 24;

    /// <summary>The lines; the first eight have their own colours, later ones are dashed.</summary>
    public required IReadOnlyList<LineSeries> Series { get; init; }

    /// <summary>The name of the horizontal axis; null for none (a time axis then names the days it spans).</summary>
    public string? XLabel { get; init; }

    /// <summary>The name of the value axis; null for none.</summary>
    public string? YLabel { get; init; }

    /// <summary>The unit of the values (<c>ms</c>, <c>%</c>), shown on the axis and in tooltips; null for none.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether the value axis must start at zero. By default it does where the values come near to it.</summary>
    public bool FromZero { get; init; }

    /// <summary>Limits drawn across.</summary>
    public IReadOnlyList<ChartThreshold> Thresholds { get; init; } = [];

    /// <summary>Happenings drawn as vertical lines; up to three rows of labels stand above the chart, the rest in a note below.</summary>
    public IReadOnlyList<ChartEvent> Events { get; init; } = [];

    /// <summary>Stretches shaded behind the lines.</summary>
    public IReadOnlyList<ChartBand> Bands { get; init; } = [];

    internal bool IsTime => Places().Any(place => place.IsTime);

    internal override IReadOnlyList<string> Draw(MarkupWriter markup) => new LineChartDrawing(this).Draw(markup);

    internal override string Summary()
    {
        var parts = Series.Select(line => $"{line.Name}: {Range(line)}.")
            .Concat(Thresholds.Select(limit => $"Limit {limit.Label} at {NumberText.WithUnit(limit.Value, Unit)}."))
            .Concat(Events.Select(happening => $"{happening.Label} at {happening.At}."))
            .Concat(Bands.Select(band => $"{band.Label} from {band.From} to {band.To}."));
        return Describe(string.Join(' ', parts));
    }

    internal override void WriteText(TextPage page)
    {
        var names = Series.Select(line => PlainText.Shorten(PlainText.OneLine(line.Name), LabelWidth)).ToArray();
        var width = names.Select(PlainText.Width).DefaultIfEmpty(0).Max();
        for (var index = 0; index < names.Length; index++)
        {
            var spark = TextBars.Sparkline([.. Sorted(Series[index]).Select(point => point.Y)], Math.Max(10, page.Width - width - 4));
            page.Line($"{PlainText.Pad(names[index], width, ReportAlignment.Left)}  {spark}");
            page.Wrapped(Range(Series[index]), new string(' ', width + 2));
        }

        foreach (var limit in Thresholds)
        {
            page.Wrapped($"limit {NumberText.WithUnit(limit.Value, Unit)}: {limit.Label}", "- ");
        }

        foreach (var happening in Events)
        {
            page.Wrapped($"{happening.At}: {happening.Label}", "- ");
        }

        foreach (var band in Bands)
        {
            page.Wrapped($"{band.From} to {band.To}: {band.Label}", "- ");
        }
    }

    internal override void Validate()
    {
        if (Places().Any(place => place.IsTime) && Places().Any(place => !place.IsTime))
        {
            throw new ArgumentException(
                $"The chart '{Title}' mixes instants and numbers on its horizontal axis: give every point, event and band the same kind.");
        }
    }

    internal static IReadOnlyList<ChartPoint> Sorted(LineSeries line) =>
        [.. line.Points.Where(point => double.IsFinite(point.X.Value)).OrderBy(point => point.X.Value)];

    private string Range(LineSeries line)
    {
        var points = Sorted(line);
        var finite = points.Where(point => double.IsFinite(point.Y)).ToArray();
        if (finite.Length == 0)
        {
            return "no finite values";
        }

        var gaps = points.Count - finite.Length;
        return $"from {NumberText.WithUnit(finite[0].Y, Unit)} at {finite[0].X} to {NumberText.WithUnit(finite[^1].Y, Unit)} at {finite[^1].X}, "
            + $"min {NumberText.WithUnit(finite.Min(point => point.Y), Unit)}, max {NumberText.WithUnit(finite.Max(point => point.Y), Unit)}, "
            + $"{NumberText.Whole(finite.Length)} points{(gaps > 0 ? $", {NumberText.Whole(gaps)} missing" : "")}";
    }

    private IEnumerable<ChartX> Places() => Series.SelectMany(line => line.Points.Select(point => point.X))
        .Concat(Events.Select(happening => happening.At))
        .Concat(Bands.SelectMany(band => new[] { band.From, band.To }));
}
