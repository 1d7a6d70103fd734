using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data;

namespace MlOps.Features.Columns;

/// <summary>A training table in memory; every reader gets slices of its own, so that disposing them takes nothing from the next reader.</summary>
internal sealed class FeatureTable(Schema schema, IReadOnlyList<(int Length, ArrayData[] Columns)> batches) : IDatasetSource
{
    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => new(schema);

    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var indexes = options.Columns is { } names
            ? names.Select(name => schema.GetFieldIndex(name, StringComparer.Ordinal)).ToArray()
            : [.. Enumerable.Range(0, schema.FieldsList.Count)];
        var projected = new Schema(indexes.Select(schema.GetFieldByIndex), schema.Metadata);
        var skip = options.Offset;
        var left = options.Limit ?? long.MaxValue;
        foreach (var (length, columns) in batches)
        {
            var start = (int)Math.Min(skip, length);
            skip -= start;
            while (start < length && left > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = (int)Math.Min(Math.Min(options.BatchSize, length - start), left);
                var from = start;
                yield return new RecordBatch(
                    projected, indexes.Select(index => ArrowArrayFactory.BuildArray(columns[index].Slice(from, count))), count);
                start += count;
                left -= count;
            }
        }
    }
}
