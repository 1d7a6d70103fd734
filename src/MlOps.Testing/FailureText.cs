using System.Globalization;
using System.Text;

namespace MlOps.Testing;

/// <summary>Words a failure: a headline, and what was seen as aligned columns.</summary>
internal static class FailureText
{
    public static string Of(string headline, IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder(headline).Append('\n');
        var widths = heads.Select((head, i) => Math.Max(head.Length, rows.Count == 0 ? 0 : rows.Max(row => row[i].Length))).ToArray();
        AppendRow(text, heads, widths);
        foreach (var row in rows)
        {
            AppendRow(text, row, widths);
        }

        return text.ToString().TrimEnd();
    }

    public static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells, int[] widths)
    {
        text.Append("  ");
        for (var i = 0; i < cells.Count; i++)
        {
            text.Append(i == cells.Count - 1 ? cells[i] : cells[i].PadRight(widths[i] + 2));
        }

        text.Append('\n');
    }
}
