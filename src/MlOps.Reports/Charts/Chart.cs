using MlOps.Reports.Rendering;

namespace MlOps.Reports.Charts;

/// <summary>A picture of numbers: static SVG in HTML, a summary with small bars in text.</summary>
public abstract record Chart
{
    private protected Chart()
    {
    }

    /// <summary>What the chart shows, above it and as its accessible name.</summary>
    public required string Title { get; init; }

    /// <summary>What a reader should see in it, under the title and as part of the accessible description; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The facts of the picture in words, for those who cannot see it.</summary>
    internal abstract string Summary();

    /// <summary>Draws the picture and returns what it had to leave out, in words for the reader.</summary>
    internal abstract IReadOnlyList<string> Draw(MarkupWriter markup);

    internal abstract void WriteText(TextPage page);

    internal abstract void Validate();

    private protected string Describe(string facts) => Description is null ? facts : $"{Description} {facts}";
}
