using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Data.Operations.Keys;

namespace MlOps.Data.Operations;

/// <summary>The rows of a data set in memory, found by their keys.</summary>
internal sealed class JoinTable
{
    private readonly KeyTable _keys = new();
    private readonly List<int> _first = [];
    private readonly int[] _next;

    private JoinTable(RecordBatch rows)
    {
        Rows = rows;
        _next = new int[rows.Length];
    }

    public RecordBatch Rows { get; }

    /// <summary>The first row with a key; -1 where there is none.</summary>
    public int First(ReadOnlySpan<byte> key) => _keys.Find(key) is >= 0 and var found ? _first[found] : -1;

    /// <summary>The next row with the key of a row; -1 after the last.</summary>
    public int Next(int row) => _next[row];

    public static async Task<JoinTable> LoadAsync(
        Dataset dataset, IReadOnlyList<string> columns, IReadOnlyList<string> on, KeyBytes keys, JoinOptions options, CancellationToken cancellationToken)
    {
        var read = new DatasetReadOptions { Columns = [.. columns.Union(on, StringComparer.Ordinal)] };
        var schema = BatchShaping.Select(await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false), read.Columns);
        RecordBatch? whole = null;
        var batches = BoundedAsync(dataset, read, options.MaxOtherBytes, cancellationToken);
        await foreach (var batch in BatchShaping.RechunkAsync(batches, schema, int.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            whole = batch;
        }

        whole ??= new RecordBatch(schema, schema.FieldsList.Select(field => ColumnAppender.For(field).Build()).ToArray(), 0);
        var table = new JoinTable(whole);
        table.Index(keys, dataset, on, options);
        return table;
    }

    private void Index(KeyBytes keys, Dataset dataset, IReadOnlyList<string> on, JoinOptions options)
    {
        keys.Start(Rows);
        List<int> last = [];
        for (var row = 0; row < Rows.Length; row++)
        {
            _next[row] = -1;
            if (keys.IsMissing(row))
            {
                continue;
            }

            var key = _keys.Add(keys[row], out var isNew);
            if (isNew)
            {
                _first.Add(row);
                last.Add(row);
                continue;
            }

            if (options.OneMatch)
            {
                throw Duplicate(dataset, on, _first[key], row);
            }

            _next[last[key]] = row;
            last[key] = row;
        }
    }

    private MlOpsException Duplicate(Dataset dataset, IReadOnlyList<string> on, int first, int second)
    {
        var values = on.Select(name =>
        {
            string? text = null;
            new ColumnReader(Rows.Column(Rows.Schema.GetFieldIndex(name, StringComparer.Ordinal)), name, dataset.Name).ReadTexts(new Span<string?>(ref text), second);
            return $"{name} = '{text}'";
        });
        return new MlOpsException(
            ErrorCodes.DuplicateKey,
            string.Create(CultureInfo.InvariantCulture, $"'{dataset.Name}' has the key {string.Join(", ", values)} in the rows {first} and {second} (from 0), and the join asks for one match: remove duplicates with Distinct, add a column to the key, or leave OneMatch off."));
    }

    private static async IAsyncEnumerable<RecordBatch> BoundedAsync(
        Dataset dataset, DatasetReadOptions read, long most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (bytes, rows) = (0L, 0L);
        await foreach (var batch in dataset.ReadPlainAsync(read, cancellationToken).ConfigureAwait(false))
        {
            rows += batch.Length;
            bytes += ArrowSize.Of(batch);
            if (bytes > most)
            {
                batch.Dispose();
                throw new MlOpsException(
                    ErrorCodes.TooLarge,
                    string.Create(CultureInfo.InvariantCulture, $"The join holds '{dataset.Name}' in memory, and its first {rows} rows take {bytes} bytes where {most} are allowed: join the larger data set with the smaller one, select fewer columns, or raise MaxOtherBytes."));
            }

            yield return batch;
        }
    }
}
