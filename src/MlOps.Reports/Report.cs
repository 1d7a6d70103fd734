using System.Diagnostics;
using Microsoft.DotNet.Interactive.Formatting;
using MlOps.Reports.Notebooks;
using MlOps.Reports.Rendering;

namespace MlOps.Reports;

/// <summary>A document of sections that renders to one self-contained HTML file and to console text.</summary>
/// <remarks>
/// Built by one thread, then rendered as often as wanted; the same content gives the same bytes. A C# notebook shows it as HTML.
/// </remarks>
[TypeFormatterSource(typeof(ReportFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
[DebuggerDisplay("{Title}: {_sections.Count} sections")]
public sealed class Report
{
    private readonly List<ReportSection> _sections = [];

    /// <summary>Starts an empty report.</summary>
    /// <param name="title">What it is about: the main heading and the name of the browser tab.</param>
    public Report(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        Title = title;
    }

    /// <summary>What the report is about.</summary>
    public string Title { get; }

    internal string? SubtitleText { get; private set; }

    internal IReadOnlyList<ReportSection> Sections => _sections;

    /// <summary>Sets the line under the title, such as the data set, its version and the time.</summary>
    /// <param name="subtitle">The line; a second call replaces it.</param>
    public Report Subtitle(string subtitle)
    {
        ArgumentNullException.ThrowIfNull(subtitle);
        SubtitleText = subtitle;
        return this;
    }

    /// <summary>Adds a section and returns it, for filling in a loop.</summary>
    /// <param name="heading">What stands above it.</param>
    public ReportSection Section(string heading)
    {
        ArgumentNullException.ThrowIfNull(heading);
        var section = new ReportSection(heading);
        _sections.Add(section);
        return section;
    }

    /// <summary>Adds a section and returns the report, for a fluent chain.</summary>
    /// <param name="heading">What stands above it.</param>
    /// <param name="content">Fills it.</param>
    public Report Section(string heading, Action<ReportSection> content)
    {
        ArgumentNullException.ThrowIfNull(content);
        content(Section(heading));
        return this;
    }

    /// <summary>The whole document: no script, no external resource, light or dark as the reader's system is.</summary>
    public string ToHtml() => HtmlDocument.Page(this);

    /// <summary>The content alone, in one <c>div</c> with its own style, for embedding into a notebook or another page.</summary>
    public string ToHtmlFragment() => HtmlDocument.Fragment(this);

    /// <summary>Writes the HTML document: whole or not at all, replacing what was there.</summary>
    /// <param name="path">The file to write; its folder must exist.</param>
    /// <param name="cancellationToken">Stops before the file is replaced.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public Task SaveHtmlAsync(string path, CancellationToken cancellationToken = default) =>
        AtomicTextFile.WriteAsync(path, ToHtml(), cancellationToken);

    /// <summary>The report as plain text with aligned tables and without terminal control codes.</summary>
    /// <param name="width">The widest line, in terminal columns; below 40 counts as 40.</param>
    public string ToText(int width = 120) => TextDocument.Write(this, width);

    /// <summary>The report as text, 120 columns wide.</summary>
    public override string ToString() => ToText();
}
