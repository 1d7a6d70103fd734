using MlOps.Reports.Charts;
using MlOps.Reports.Rendering;

namespace MlOps.Reports;

/// <summary>A headed part of a report: blocks in the order in which they were added. Not safe for concurrent use.</summary>
public sealed class ReportSection
{
    private readonly List<ReportBlock> _blocks = [];

    internal ReportSection(string heading)
    {
        Heading = heading;
    }

    /// <summary>What stands above the blocks.</summary>
    public string Heading { get; }

    internal IReadOnlyList<ReportBlock> Blocks => _blocks;

    /// <summary>Adds a paragraph; an empty line in it starts another one.</summary>
    /// <param name="text">The text as is; it is escaped when rendered.</param>
    /// <param name="tone">How to judge it; other than neutral it stands out as a notice.</param>
    public ReportSection Text(string text, ReportTone tone = ReportTone.Neutral)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Add(new TextBlock(text, tone));
    }

    /// <summary>Adds names with one value each.</summary>
    /// <param name="facts">The pairs in the order to show them; read at once.</param>
    public ReportSection Facts(IEnumerable<(string Name, string Value)> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Add(new FactsBlock([.. facts.Select(fact => (fact.Name ?? "", new ReportCell(fact.Value)))]));
    }

    /// <summary>Adds names with one value each, where a value can be judged.</summary>
    /// <param name="facts">The pairs in the order to show them; a string or a number will do as a value.</param>
    public ReportSection Facts(params (string Name, ReportCell Value)[] facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Add(new FactsBlock([.. facts.Select(fact => (fact.Name ?? "", fact.Value ?? ReportCell.Empty))]));
    }

    /// <summary>Adds a table.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="ArgumentException">A row has more cells than there are columns.</exception>
    public ReportSection Table(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.Validate();
        return Add(new TableBlock(table));
    }

    /// <summary>Adds a chart: drawn in HTML, summed up in text.</summary>
    /// <param name="chart">A <see cref="LineChart"/>, <see cref="BarChart"/> or <see cref="Histogram"/>.</param>
    /// <exception cref="ArgumentException">The chart's parts do not fit each other; the message says which.</exception>
    public ReportSection Chart(Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        chart.Validate();
        return Add(new ChartBlock(chart));
    }

    /// <summary>Adds blocks behind a line that opens on click; text and print show them open.</summary>
    /// <param name="summary">The line.</param>
    /// <param name="content">Fills the part behind it.</param>
    public ReportSection Details(string summary, Action<ReportSection> content)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(content);
        var inner = new ReportSection(summary);
        content(inner);
        return Add(new DetailsBlock(inner));
    }

    private ReportSection Add(ReportBlock block)
    {
        _blocks.Add(block);
        return this;
    }
}
