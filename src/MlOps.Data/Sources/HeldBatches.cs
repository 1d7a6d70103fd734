using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Sources;

/// <summary>Rows in managed memory: a reader that disposes its batch frees nothing that another needs.</summary>
internal sealed class HeldBatches : IDatasetSource
{
    private readonly Schema _schema;
    private readonly IReadOnlyList<RecordBatch> _batches;

    /// <param name="schema">Plain columns.</param>
    /// <param name="batches">Made by appenders.</param>
    public HeldBatches(Schema schema, IReadOnlyList<RecordBatch> batches)
    {
        _schema = schema;
        _batches = batches;
    }

    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_schema);

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var schema = BatchShaping.Select(_schema, options.Columns);
        var skip = options.Offset;
        var left = options.Limit ?? long.MaxValue;
        foreach (var batch in _batches)
        {
            if (left <= 0)
            {
                yield break;
            }

            if (skip >= batch.Length)
            {
                skip -= batch.Length;
                continue;
            }

            var end = (int)Math.Min(batch.Length, skip + Math.Min(left, batch.Length));
            for (var at = (int)skip; at < end; at += options.BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return View(batch, schema, at, Math.Min(options.BatchSize, end - at));
            }

            left -= end - skip;
            skip = 0;
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    private static RecordBatch View(RecordBatch batch, Schema schema, int start, int count) => new(
        schema,
        schema.FieldsList.Select(field =>
        {
            var held = batch.Column(batch.Schema.GetFieldIndex(field.Name, StringComparer.Ordinal)).Data;
            var missing = held.NullCount == 0 ? 0 : count == held.Length ? held.NullCount : ArrowArrayFactory.BuildArray(held).CountMissing(start, count);
            return ArrowArrayFactory.BuildArray(new ArrayData(held.DataType, count, missing, held.Offset + start, held.Buffers));
        }),
        count);
}
