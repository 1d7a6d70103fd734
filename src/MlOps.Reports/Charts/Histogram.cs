using MlOps.Reports.Rendering;

namespace MlOps.Reports.Charts;

/// <summary>How values are distributed, alone or over a second distribution such as the training baseline.</summary>
/// <remarks>
/// A lone distribution of equal bins shows its counts. Two distributions of equal bins show each bin's share of its own total;
/// bins of unequal width show density, so that areas stay comparable. An open end is drawn as wide as the average bin.
/// </remarks>
public sealed record Histogram : Chart
{
    private const int MostTextBins = 40;

    /// <summary>The distribution drawn as bars.</summary>
    public required HistogramSeries Distribution { get; init; }

    /// <summary>A second distribution drawn as an outline over it, with bins of its own; null for none.</summary>
    public HistogramSeries? Overlay { get; init; }

    /// <summary>The name of the horizontal axis, such as the column with its unit; null for none.</summary>
    public string? XLabel { get; init; }

    internal IReadOnlyList<HistogramSeries> All => Overlay is null ? [Distribution] : [Distribution, Overlay];

    internal override IReadOnlyList<string> Draw(MarkupWriter markup) => new HistogramDrawing(this).Draw(markup);

    internal override string Summary() => Describe(string.Join(' ', All.Select(series =>
        $"{series.Name}: " + string.Join(", ", series.Counts.Select((_, bin) => $"{Bin(series, bin)} {Share(series, bin)}")) + ".")));

    internal override void WriteText(TextPage page)
    {
        foreach (var series in All)
        {
            if (Overlay is not null)
            {
                page.Wrapped(series.Name);
            }

            TextBars.Write(
                page,
                [.. series.Counts.Select((count, bin) => (Bin(series, bin), count, $"{NumberText.Short(count)} ({Share(series, bin)})"))],
                MostTextBins);
        }
    }

    internal override void Validate()
    {
        foreach (var series in All)
        {
            if (series.Edges.Count != series.Counts.Count + 1 && !(series.Edges.Count == 0 && series.Counts.Count == 0))
            {
                throw new ArgumentException(
                    $"'{series.Name}' in the histogram '{Title}' has {series.Edges.Count} edges for {series.Counts.Count} counts: give one edge more than counts.");
            }

            if (series.Counts.Any(count => !double.IsFinite(count) || count < 0))
            {
                throw new ArgumentException($"'{series.Name}' in the histogram '{Title}' has a count that is negative or not finite: counts are 0 or more.");
            }

            for (var edge = 0; edge < series.Edges.Count; edge++)
            {
                var isEnd = edge == 0 || edge == series.Edges.Count - 1;
                if (double.IsNaN(series.Edges[edge]) || (!isEnd && double.IsInfinity(series.Edges[edge])) || (edge > 0 && series.Edges[edge] < series.Edges[edge - 1]))
                {
                    throw new ArgumentException(
                        $"Edge {edge} of '{series.Name}' in the histogram '{Title}' is {NumberText.Short(series.Edges[edge])}: edges must rise, and only the first and the last may be infinite.");
                }
            }
        }
    }

    internal static string Bin(HistogramSeries series, int bin)
    {
        var (low, high) = (series.Edges[bin], series.Edges[bin + 1]);
        return (double.IsInfinity(low), double.IsInfinity(high)) switch
        {
            (true, true) => "all",
            (true, false) => $"< {NumberText.Short(high)}",
            (false, true) => $"≥ {NumberText.Short(low)}",
            _ when low == high => NumberText.Short(low),
            _ => $"{NumberText.Short(low)} – {NumberText.Short(high)}",
        };
    }

    internal static string Share(HistogramSeries series, int bin)
    {
        var total = series.Counts.Sum();
        return (total > 0 ? series.Counts[bin] / total : 0).ToString("0.0%", System.Globalization.CultureInfo.InvariantCulture);
    }
}
