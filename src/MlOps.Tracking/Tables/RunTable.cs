using System.Diagnostics;
using System.Text.Json;

namespace MlOps.Tracking;

/// <summary>A table that a run left, read into memory.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class RunTable
{
    private RunTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows) => (Columns, Rows) = (columns, rows);

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows; a cell is null, a text, a truth value, a <see cref="long"/> or a <see cref="double"/>.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Rows.Count} rows of {string.Join(", ", Columns)}";

    /// <exception cref="JsonException">The text is not of the form.</exception>
    internal static RunTable Parse(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("columns", out var columns) || columns.ValueKind != JsonValueKind.Array
            || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("A table has 'columns' and 'data'.");
        }

        string[] names = [.. columns.EnumerateArray().Select(name => name.ToString())];
        return new RunTable(names, [.. data.EnumerateArray().Select(row => Row(row, names.Length))]);
    }

    private static object?[] Row(JsonElement row, int columns) =>
        row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == columns
            ? [.. row.EnumerateArray().Select(Cell)]
            : throw new JsonException($"A row of the table does not have {columns} cells.");

    private static object? Cell(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => cell.TryGetInt64(out var whole) ? (object)whole : cell.GetDouble(),
        JsonValueKind.String => cell.GetString(),
        _ => cell.GetRawText(),
    };
}
