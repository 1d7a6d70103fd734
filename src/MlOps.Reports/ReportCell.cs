using System.Globalization;
using MlOps.Reports.Rendering;

namespace MlOps.Reports;

/// <summary>One value of a table or of a list of facts, with its judgement.</summary>
public sealed record ReportCell
{
    /// <summary>Makes a cell that shows this text.</summary>
    /// <param name="text">The text as is; it is escaped when rendered. Null shows as empty.</param>
    /// <param name="tone">How the value is judged.</param>
    /// <param name="tooltip">More detail, shown on hover in HTML and left out of text.</param>
    public ReportCell(string? text, ReportTone tone = ReportTone.Neutral, string? tooltip = null)
    {
        Text = text ?? "";
        Tone = tone;
        Tooltip = tooltip;
    }

    /// <summary>An empty cell: there is no value.</summary>
    public static ReportCell Empty { get; } = new("");

    /// <summary>The text as is, unescaped.</summary>
    public string Text { get; init; }

    /// <summary>How the value is judged.</summary>
    public ReportTone Tone { get; init; }

    /// <summary>More detail shown on hover in HTML, or null.</summary>
    public string? Tooltip { get; init; }

    /// <summary>A value that is as wanted.</summary>
    /// <param name="text">The text as is.</param>
    /// <param name="tooltip">More detail, or null.</param>
    public static ReportCell Good(string? text, string? tooltip = null) => new(text, ReportTone.Good, tooltip);

    /// <summary>A value worth a look.</summary>
    /// <param name="text">The text as is.</param>
    /// <param name="tooltip">More detail, or null.</param>
    public static ReportCell Warning(string? text, string? tooltip = null) => new(text, ReportTone.Warning, tooltip);

    /// <summary>A value that failed or does harm.</summary>
    /// <param name="text">The text as is.</param>
    /// <param name="tooltip">More detail, or null.</param>
    public static ReportCell Bad(string? text, string? tooltip = null) => new(text, ReportTone.Bad, tooltip);

    /// <summary>A number in the invariant culture.</summary>
    /// <param name="value">The number; NaN shows as <c>NaN</c>, infinities as <c>∞</c> and <c>-∞</c>, null as an empty cell.</param>
    /// <param name="format">A .NET numeric format such as <c>0.000</c> or <c>P1</c>; null keeps four significant digits.</param>
    /// <param name="tone">How the value is judged.</param>
    public static ReportCell Number(double? value, string? format = null, ReportTone tone = ReportTone.Neutral) => value switch
    {
        null => new("", tone),
        { } number when format is null || !double.IsFinite(number) => new(NumberText.Short(number), tone),
        { } number => new(number.ToString(format, CultureInfo.InvariantCulture), tone),
    };

    /// <summary>Makes a neutral cell from its text.</summary>
    /// <param name="text">The text as is; null shows as empty.</param>
    public static implicit operator ReportCell(string? text) => new(text);

    /// <summary>Makes a neutral cell from a number, at four significant digits.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ReportCell(double value) => new(NumberText.Short(value));

    /// <summary>Makes a neutral cell from a whole number, all digits, grouped by thousands.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ReportCell(long value) => new(NumberText.Whole(value));

    /// <summary>The text alone.</summary>
    public override string ToString() => Text;
}
