using System.Globalization;
using System.Text;

namespace MlOps.Reports.Rendering;

/// <summary>Draws into one SVG element; lengths are in units of its view box, where text is 12 high.</summary>
internal sealed class SvgCanvas(MarkupWriter markup)
{
    public const double Width = 760;

    public static string Series(int index) => index >= 8 ? $"s{index % 8} dashed" : $"s{index}";

    public static string Tone(ReportTone tone) => tone switch
    {
        ReportTone.Good => "mr-good",
        ReportTone.Warning => "mr-warning",
        ReportTone.Bad => "mr-bad",
        _ => "mr-neutral",
    };

    /// <summary>How wide the text comes out at most, near enough for layout without a font at hand.</summary>
    public static double Measure(string text)
    {
        var width = 0d;
        foreach (var rune in text.EnumerateRunes())
        {
            width += rune.Value switch
            {
                'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => 3.8,
                'm' or 'w' or 'M' or 'W' or '@' or '%' or '—' => 11,
                ' ' or 'f' or 't' or 'r' or '(' or ')' or '-' => 5,
                >= 'A' and <= 'Z' => 8.6,
                >= 0x1100 => 12.5,
                _ => 7.3,
            };
        }

        return width;
    }

    public static string Shorten(string text, double width)
    {
        text = text.ReplaceLineEndings(" ");
        if (Measure(text) <= width)
        {
            return text;
        }

        var output = new StringBuilder();
        var used = 12d;
        foreach (var rune in text.EnumerateRunes())
        {
            used += Measure(rune.ToString());
            if (used > width)
            {
                break;
            }

            output.Append(rune.ToString());
        }

        return output.ToString().TrimEnd() + "…";
    }

    /// <summary>Takes letters out of the middle: names of one kind often differ at their ends.</summary>
    public static string ShortenMiddle(string text, double width)
    {
        text = text.ReplaceLineEndings(" ");
        if (Measure(text) <= width)
        {
            return text;
        }

        var runes = text.EnumerateRunes().ToArray();
        var (first, last, used) = (0, runes.Length, 12d);
        while (first < last)
        {
            var next = first <= runes.Length - last ? runes[first] : runes[last - 1];
            used += Measure(next.ToString());
            if (used > width)
            {
                break;
            }

            if (first <= runes.Length - last)
            {
                first++;
            }
            else
            {
                last--;
            }
        }

        return string.Concat(runes[..first]) + "…" + string.Concat(runes[last..]);
    }

    public static string Point(double x, double y) => $"{Number(x)} {Number(y)}";

    public void Begin(double height, string title, string description) => markup
        .Start("svg").Attribute("viewBox", $"0 0 {Number(Width)} {Number(height)}").Attribute("role", "img")
        .Element("title", title).Element("desc", description).Line();

    public void End() => markup.End().Line();

    public void Line(double x1, double y1, double x2, double y2, string cssClass, string? tooltip = null)
    {
        markup.Start("line", cssClass).Attribute("x1", x1).Attribute("y1", y1).Attribute("x2", x2).Attribute("y2", y2);
        EndWith(tooltip);
    }

    public void Rectangle(double x, double y, double width, double height, string cssClass, string? tooltip = null)
    {
        markup.Start("rect", cssClass).Attribute("x", x).Attribute("y", y)
            .Attribute("width", Math.Max(0, width)).Attribute("height", Math.Max(0, height));
        EndWith(tooltip);
    }

    public void Path(string data, string cssClass)
    {
        markup.Start("path", cssClass).Attribute("d", data);
        EndWith(null);
    }

    /// <summary>Writes text on one line.</summary>
    /// <param name="x">Where the anchor stands.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">The text as is.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="cssClass">Null for muted.</param>
    /// <param name="full">The whole text where this one is shortened, as a tooltip.</param>
    /// <param name="turn">Degrees to turn it around the anchor.</param>
    public void Text(double x, double y, string text, string anchor = "start", string? cssClass = null, string? full = null, double turn = 0)
    {
        markup.Start("text", cssClass).Attribute("x", x).Attribute("y", y);
        if (anchor != "start")
        {
            markup.Attribute("text-anchor", anchor);
        }

        if (turn != 0)
        {
            markup.Attribute("transform", $"rotate({Number(turn)} {Point(x, y)})");
        }

        if (full is not null && full != text)
        {
            markup.Element("title", full);
        }

        markup.Text(text).End();
    }

    /// <summary>A point whose shape differs from series to series, so that colour is not the only cue.</summary>
    public void Marker(int series, double x, double y, string? tooltip = null)
    {
        var cssClass = $"dot s{series % 8}";
        switch (series % 4)
        {
            case 0:
                markup.Start("circle", cssClass).Attribute("cx", x).Attribute("cy", y).Attribute("r", 3.5);
                break;
            case 1:
                markup.Start("rect", cssClass).Attribute("x", x - 3.2).Attribute("y", y - 3.2).Attribute("width", 6.4).Attribute("height", 6.4);
                break;
            case 2:
                markup.Start("polygon", cssClass).Attribute("points", $"{Point(x, y - 4.4)} {Point(x + 4.2, y + 3.2)} {Point(x - 4.2, y + 3.2)}");
                break;
            default:
                markup.Start("polygon", cssClass).Attribute("points", $"{Point(x, y - 4.6)} {Point(x + 4.6, y)} {Point(x, y + 4.6)} {Point(x - 4.6, y)}");
                break;
        }

        EndWith(tooltip);
    }

    private static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private void EndWith(string? tooltip)
    {
        if (tooltip is not null)
        {
            markup.Element("title", tooltip);
        }

        markup.End();
    }
}
