using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Running;

/// <summary>The cells of a row as a person reads them.</summary>
internal static class RowWords
{
    /// <summary>One cell as it is, several with their names.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The row in it.</param>
    /// <param name="columns">What to show; empty for all.</param>
    public static string? Of(RowBatch batch, int row, IReadOnlyList<string> columns) => columns.Count == 1
        ? batch.TextAt(batch.Ordinal(columns[0]), row)
        : string.Join(", ", (columns.Count == 0 ? batch.Batch.Schema.FieldsList.Select(field => field.Name) : columns)
            .Select(column => $"{column} = {batch.TextAt(batch.Ordinal(column), row) ?? "missing"}"));
}
