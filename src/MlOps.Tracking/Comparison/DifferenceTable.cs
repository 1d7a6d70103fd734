using System.Text;
using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>Differences as a table for people: a line each, a column for each run.</summary>
internal static class DifferenceTable
{
    private const int WidestCell = 40;

    public static string Describe(StoredFile file) => $"sha256:{file.Hash.Short} ({file.Length} bytes)";

    public static string Render(IReadOnlyList<string> runs, IReadOnlyList<RunDifference> differences)
    {
        List<string[]> rows = [["", .. runs]];
        rows.AddRange(differences.Select(difference => (string[])
            [$"{difference.Kind} {difference.Name}", .. difference.Values.Select(value => value ?? "–"), difference.Detail ?? ""]));
        if (differences.Count == 0)
        {
            rows.Add(["no differences"]);
        }

        var widths = Enumerable.Range(0, runs.Count + 1)
            .Select(column => rows.Max(row => column < row.Length ? Math.Min(WidestCell, row[column].Length) : 0)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            // What is written last needs no column of its own.
            var line = string.Join("  ", row.Select((cell, column) => column >= widths.Length ? cell : Cut(cell).PadRight(widths[column])));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static string Cut(string cell) => cell.Length > WidestCell ? string.Concat(cell.AsSpan(0, WidestCell - 1), "…") : cell;
}
