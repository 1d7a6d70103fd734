using System.Text.Json;
using Apache.Arrow;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.Tracking;

/// <summary>Writes a table in the form of MLflow's <c>log_table</c>: <c>{"columns": [names], "data": [[cells of a row], …]}</c>.</summary>
internal static class TableWriter
{
    // Rows go to the file in pieces of this size: memory does not grow with the table.
    private const int FlushBytes = 64 * 1024;

    public static void Begin(Utf8JsonWriter json, IEnumerable<string> columns)
    {
        json.WriteStartObject();
        json.WriteStartArray("columns");
        foreach (var column in columns)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        json.WriteStartArray("data");
    }

    public static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static async Task FlushAsync(Utf8JsonWriter json, CancellationToken cancellationToken)
    {
        if (json.BytesPending >= FlushBytes)
        {
            await json.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task WriteAsync(Utf8JsonWriter json, Dataset table, CancellationToken cancellationToken)
    {
        var schema = await table.GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        Begin(json, schema.FieldsList.Select(field => field.Name));
        await foreach (var batch in table.ReadAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                var columns = schema.FieldsList.Select((field, i) => Column(batch.Column(i), field.Name, table.Name)).ToArray();
                for (var row = 0; row < batch.Length; row++)
                {
                    json.WriteStartArray();
                    foreach (var column in columns)
                    {
                        column(json, row);
                    }

                    json.WriteEndArray();
                    await FlushAsync(json, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        End(json);
    }

    private static Action<Utf8JsonWriter, int> Column(IArrowArray array, string name, string table)
    {
        var reader = new ColumnReader(array, name, table);
        var texts = new string?[array.Length];
        reader.ReadTexts(texts);
        var bare = reader.Kind is ColumnKind.Number or ColumnKind.Boolean;
        return (json, row) =>
        {
            // NaN and the infinities are no JSON numbers.
            if (bare && texts[row] is { } number and not ("NaN" or "Infinity" or "-Infinity"))
            {
                json.WriteRawValue(number);
            }
            else
            {
                json.WriteStringValue(texts[row]);
            }
        };
    }
}
