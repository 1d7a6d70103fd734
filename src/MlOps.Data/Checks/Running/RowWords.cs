using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Running;

/// <summary>The cells of a row as a person reads them.</summary>
internal static class RowWords
{
    /// <summary>One cell as it is, several with their names.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The row in it.</param>
    /// <param name="columns">What to show; empty for all.</param>
    /// <param name="personal">Of which columns it is shown only whether there is a value; null for none.</param>
    public static string? Of(RowBatch batch, int row, IReadOnlyList<string> columns, IReadOnlySet<string>? personal = null) => columns.Count == 1
        ? Cell(batch, row, columns[0], personal)
        : string.Join(", ", (columns.Count == 0 ? batch.Batch.Schema.FieldsList.Select(field => field.Name) : columns)
            .Select(column => $"{column} = {Cell(batch, row, column, personal) ?? "missing"}"));

    private static string? Cell(RowBatch batch, int row, string column, IReadOnlySet<string>? personal) =>
        batch.TextAt(batch.Ordinal(column), row) is not { } text ? null : personal?.Contains(column) == true ? Redacted.Text : text;
}
