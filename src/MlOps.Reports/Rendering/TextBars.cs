using System.Text;

namespace MlOps.Reports.Rendering;

/// <summary>Charts in block characters.</summary>
internal static class TextBars
{
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const string Eighths = " ▏▎▍▌▋▊▉";

    /// <summary>One character a stretch of values, by their mean; a space where a stretch has no finite value.</summary>
    public static string Sparkline(IReadOnlyList<double> values, int width)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
        {
            return "";
        }

        var (min, max) = (finite.Min(), finite.Max());
        var columns = Math.Min(width, values.Count);
        var output = new StringBuilder(columns);
        for (var column = 0; column < columns; column++)
        {
            var from = (int)((long)column * values.Count / columns);
            var to = (int)((long)(column + 1) * values.Count / columns);
            var stretch = Enumerable.Range(from, to - from).Select(index => values[index]).Where(double.IsFinite).ToArray();
            if (stretch.Length == 0)
            {
                output.Append(' ');
                continue;
            }

            // Halves keep the difference of two large values finite.
            var share = max > min ? ((stretch.Average(value => value / 2) - (min / 2)) / ((max / 2) - (min / 2))) : 0.5;
            output.Append(Levels[double.IsFinite(share) ? Math.Clamp((int)(share * Levels.Length), 0, Levels.Length - 1) : 0]);
        }

        return output.ToString();
    }

    /// <summary>A bar of this share of the width, to an eighth of a character.</summary>
    public static string Bar(double share, int width)
    {
        if (!(share > 0))
        {
            return "";
        }

        var eighths = Math.Max(1, (int)Math.Round(Math.Min(1, share) * width * 8));
        return (new string('█', eighths / 8) + Eighths[eighths % 8]).TrimEnd();
    }

    /// <summary>Lines of name, bar and value.</summary>
    public static void Write(TextPage page, IReadOnlyList<(string Name, double Value, string Shown)> bars, int most)
    {
        if (bars.Count == 0)
        {
            page.Line("(no values)");
            return;
        }

        var shown = bars.Take(most).ToArray();
        var names = shown.Select(bar => PlainText.Shorten(PlainText.OneLine(bar.Name), page.Width / 3)).ToArray();
        var nameWidth = names.Max(PlainText.Width);
        var valueWidth = shown.Max(bar => PlainText.Width(bar.Shown));
        var barWidth = Math.Clamp(page.Width - nameWidth - valueWidth - 4, 4, 40);
        var largest = shown.Select(bar => Math.Abs(bar.Value)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        for (var index = 0; index < shown.Length; index++)
        {
            page.Line(
                PlainText.Pad(names[index], nameWidth, ReportAlignment.Left) + "  " +
                PlainText.Pad(shown[index].Shown, valueWidth, ReportAlignment.Right) + "  " +
                Bar(largest > 0 ? Math.Abs(shown[index].Value) / largest : 0, barWidth));
        }

        if (bars.Count > shown.Length)
        {
            page.Line($"… and {NumberText.Whole(bars.Count - shown.Length)} more");
        }
    }
}
