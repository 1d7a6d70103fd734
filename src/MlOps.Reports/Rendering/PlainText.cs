using System.Globalization;
using System.Text;

namespace MlOps.Reports.Rendering;

/// <summary>Text for a terminal: no control codes, measured in columns.</summary>
internal static class PlainText
{
    /// <summary>One line: line ends and tabs become spaces, other control characters a replacement mark.</summary>
    public static string OneLine(string text) => Clean(text.ReplaceLineEndings(" "));

    public static string Clean(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var replaced = rune.Value == '\t' ? " " : Rune.IsControl(rune) ? "\uFFFD" : null;
            output.Append(replaced ?? rune.ToString());
        }

        return output.ToString();
    }

    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Width(rune);
        }

        return width;
    }

    public static string Pad(string text, int width, ReportAlignment alignment)
    {
        var missing = Math.Max(0, width - Width(text));
        return alignment switch
        {
            ReportAlignment.Right => new string(' ', missing) + text,
            ReportAlignment.Center => new string(' ', missing / 2) + text + new string(' ', missing - (missing / 2)),
            _ => text + new string(' ', missing),
        };
    }

    /// <summary>Cuts one clean line at spaces, and inside a word only where the word alone is too wide.</summary>
    public static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var wordWidth = Width(word);
            if (used > 0 && used + 1 + wordWidth > width)
            {
                Flush();
            }

            if (used > 0)
            {
                line.Append(' ');
                used++;
            }

            foreach (var rune in word.EnumerateRunes())
            {
                if (used > 0 && used + Width(rune) > width)
                {
                    Flush();
                }

                line.Append(rune.ToString());
                used += Width(rune);
            }
        }

        if (line.Length > 0 || lines.Count == 0)
        {
            Flush();
        }

        return lines;

        void Flush()
        {
            lines.Add(line.ToString());
            line.Clear();
            used = 0;
        }
    }

    public static string Shorten(string text, int width)
    {
        if (Width(text) <= width)
        {
            return text;
        }

        var output = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            used += Width(rune);
            if (used > width - 1)
            {
                break;
            }

            output.Append(rune.ToString());
        }

        return output.Append('…').ToString();
    }

    public static string Mark(ReportTone tone) => tone switch
    {
        ReportTone.Good => "[ok] ",
        ReportTone.Warning => "[!] ",
        ReportTone.Bad => "[!!] ",
        _ => "",
    };

    private static int Width(Rune rune)
    {
        if (rune.Value < 0x300)
        {
            return 1;
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return 0;
        }

        // The wide blocks of East Asian Width (Unicode UAX #11) and the emoji planes.
        return rune.Value is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3)
            or (>= 0xf900 and <= 0xfaff) or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60)
            or (>= 0x1f300 and <= 0x1faff) or (>= 0x20000 and <= 0x3fffd)
            ? 2
            : 1;
    }
}
