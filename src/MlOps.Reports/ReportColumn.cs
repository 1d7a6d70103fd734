namespace MlOps.Reports;

/// <summary>The head of a table column.</summary>
public sealed record ReportColumn
{
    /// <summary>Makes a column with this head.</summary>
    /// <param name="header">What stands above the cells.</param>
    /// <param name="alignment">Where the cells stand; by default numbers go right and words left.</param>
    /// <param name="tooltip">An explanation of the head, shown on hover in HTML and left out of text.</param>
    public ReportColumn(string header, ReportAlignment alignment = ReportAlignment.Auto, string? tooltip = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        Header = header;
        Alignment = alignment;
        Tooltip = tooltip;
    }

    /// <summary>What stands above the cells.</summary>
    public string Header { get; init; }

    /// <summary>Where the cells stand.</summary>
    public ReportAlignment Alignment { get; init; }

    /// <summary>An explanation shown on hover in HTML, or null.</summary>
    public string? Tooltip { get; init; }

    /// <summary>Makes a column from its head alone.</summary>
    /// <param name="header">What stands above the cells.</param>
    public static implicit operator ReportColumn(string header) => new(header);
}
