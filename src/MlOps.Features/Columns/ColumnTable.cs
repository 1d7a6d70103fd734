using MlOps.Data;

namespace MlOps.Features.Columns;

/// <summary>The columns that a join needs of one data set, read once.</summary>
internal sealed class ColumnTable
{
    private readonly Dictionary<string, SourceColumn> _columns;

    private ColumnTable(Dictionary<string, SourceColumn> columns) => _columns = columns;

    public int Count { get; private set; }

    public SourceColumn this[string name] => _columns[name];

    /// <summary>Reads columns; a missing one is reported with the nearest name.</summary>
    /// <param name="dataset">Where they are.</param>
    /// <param name="names">Each once or more often.</param>
    /// <param name="keys">Those that identify entities.</param>
    /// <param name="kept">Takes every batch as it was, for the columns that pass through; may be null.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static async Task<ColumnTable> ReadAsync(
        Dataset dataset, IEnumerable<string> names, IReadOnlyList<string> keys, KeptColumns? kept, CancellationToken cancellationToken)
    {
        var columns = names.Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => new SourceColumn(dataset.Name, name, keys.Contains(name)), StringComparer.Ordinal);
        var options = new DatasetReadOptions { Columns = [.. columns.Keys.Union(kept?.Names ?? [], StringComparer.Ordinal)] };
        var table = new ColumnTable(columns);
        await foreach (var batch in dataset.ReadAsync(options, cancellationToken).ConfigureAwait(false))
        {
            foreach (var (name, column) in columns)
            {
                column.Append(batch.Column(name));
            }

            table.Count += batch.Length;
            if (kept is null)
            {
                batch.Dispose();
            }
            else
            {
                kept.Add(batch);
            }
        }

        return table;
    }
}
