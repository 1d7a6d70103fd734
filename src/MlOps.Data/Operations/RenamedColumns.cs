using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Operations;

/// <summary>The same rows with other names of columns; what the reader wants is pushed down under the old names.</summary>
internal sealed class RenamedColumns : IDatasetSource
{
    private readonly Dataset _dataset;
    private readonly IReadOnlyDictionary<string, string> _names;

    public RenamedColumns(Dataset dataset, IReadOnlyDictionary<string, string> names)
    {
        (_dataset, _names) = (dataset, new Dictionary<string, string>(names, StringComparer.Ordinal));
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default)
    {
        var schema = await _dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        foreach (var name in _names.Keys)
        {
            _dataset.RequireColumn(schema, name);
        }

        var renamed = new Schema([.. schema.FieldsList.Select(field => new Field(NewName(field.Name), field.DataType, field.IsNullable))], metadata: null);
        if (renamed.FieldsList.GroupBy(field => field.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } clash)
        {
            var old = schema.FieldsList.Select(field => field.Name).Where(name => NewName(name) == clash.Key);
            throw new MlOpsException(
                ErrorCodes.ColumnConflict,
                $"The columns {string.Join(" and ", old.Select(name => $"'{name}'"))} of '{_dataset.Name}' would both be called '{clash.Key}': choose another name, or select the columns that you need first.");
        }

        return renamed;
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var whole = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        var schema = BatchShaping.Select(whole, options.Columns);
        var old = new Dictionary<string, string>(_names.Count, StringComparer.Ordinal);
        foreach (var (from, to) in _names)
        {
            old[to] = from;
        }

        var wanted = options with { Columns = options.Columns is null ? null : [.. options.Columns.Select(name => old.GetValueOrDefault(name, name))] };
        await foreach (var batch in _dataset.ReadPlainAsync(wanted, cancellationToken).ConfigureAwait(false))
        {
            // The new batch owns the same arrays.
            yield return new RecordBatch(schema, batch.Arrays, batch.Length);
        }
    }

    private string NewName(string name) => _names.TryGetValue(name, out var renamed) ? renamed : name;
}
