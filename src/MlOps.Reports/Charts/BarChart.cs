using MlOps.Reports.Rendering;

namespace MlOps.Reports.Charts;

/// <summary>One value per category and series: upright bars side by side, or lying ones for long names and heavy hitters.</summary>
public sealed record BarChart : Chart
{
    private const int MostTextBars = 40;

    /// <summary>The names of the categories, left to right or top to bottom.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The groups of bars, each with one value a category.</summary>
    public required IReadOnlyList<BarSeries> Series { get; init; }

    /// <summary>Whether the bars lie, so that each category has a line of its own for its name.</summary>
    public bool Horizontal { get; init; }

    /// <summary>The name of the value axis; null for none.</summary>
    public string? ValueLabel { get; init; }

    /// <summary>The unit of the values (<c>ms</c>, <c>%</c>); null for none.</summary>
    public string? Unit { get; init; }

    /// <summary>Limits drawn across the bars.</summary>
    public IReadOnlyList<ChartThreshold> Thresholds { get; init; } = [];

    internal override IReadOnlyList<string> Draw(MarkupWriter markup) =>
        Horizontal ? new HorizontalBarDrawing(this).Draw(markup) : new VerticalBarDrawing(this).Draw(markup);

    internal override string Summary()
    {
        var bars = Series.SelectMany(series => Categories.Select((category, index) => $"{Name(series, category)}: {NumberText.WithUnit(series.Values[index], Unit)}"))
            .Concat(Thresholds.Select(limit => $"limit {limit.Label} at {NumberText.WithUnit(limit.Value, Unit)}"));
        return Describe(string.Join("; ", bars));
    }

    internal override void WriteText(TextPage page)
    {
        TextBars.Write(
            page,
            [.. Categories.SelectMany((category, index) => Series.Select(series =>
                (Name(series, category), series.Values[index], NumberText.WithUnit(series.Values[index], Unit))))],
            MostTextBars);
        foreach (var limit in Thresholds)
        {
            page.Wrapped($"limit {NumberText.WithUnit(limit.Value, Unit)}: {limit.Label}", "- ");
        }
    }

    internal override void Validate()
    {
        var wrong = Series.FirstOrDefault(series => series.Values.Count != Categories.Count);
        if (wrong is not null)
        {
            throw new ArgumentException(
                $"The series '{wrong.Name}' of the chart '{Title}' has {wrong.Values.Count} values for {Categories.Count} categories: give one value a category, NaN for none.");
        }
    }

    internal AxisScale Scale()
    {
        var values = Series.SelectMany(series => series.Values).Concat(Thresholds.Select(limit => limit.Value)).Where(double.IsFinite).ToArray();
        return values.Length == 0 || (values.Min() == 0 && values.Max() == 0)
            ? AxisTicks.Covering(0, 1, 5)
            : AxisTicks.Covering(Math.Min(0, values.Min()), Math.Max(0, values.Max()), 5);
    }

    internal string Name(BarSeries series, string category) => Series.Count > 1 ? $"{category} · {series.Name}" : category;

    internal IReadOnlyList<string> Notes()
    {
        var missing = Series.Sum(series => series.Values.Count(value => !double.IsFinite(value)));
        return missing == 0 ? [] : [$"Missing or infinite, so not drawn: {NumberText.Whole(missing)}."];
    }
}
