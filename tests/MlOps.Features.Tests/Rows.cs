using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;

namespace MlOps.Features.Tests;

/// <summary>Builds small data sets in memory; readers get slices, as from any source.</summary>
internal sealed class Rows : IDatasetSource
{
    private readonly List<Field> _fields = [];
    private readonly List<IArrowArray> _arrays = [];

    public static DateTimeOffset At(double hours) => DateTimeOffset.UnixEpoch.AddHours(hours);

    public Rows Text(string name, params string?[] values)
    {
        var builder = new StringArray.Builder();
        foreach (var value in values)
        {
            _ = value is null ? builder.AppendNull() : builder.Append(value);
        }

        return Add(name, builder.Build());
    }

    public Rows Number(string name, params double?[] values)
    {
        var builder = new DoubleArray.Builder();
        foreach (var value in values)
        {
            builder.Append(value);
        }

        return Add(name, builder.Build());
    }

    public Rows Hours(string name, params double?[] values)
    {
        var builder = new TimestampArray.Builder(TimeUnit.Microsecond, "UTC");
        foreach (var value in values)
        {
            _ = value is { } hours ? builder.Append(At(hours)) : builder.AppendNull();
        }

        return Add(name, builder.Build());
    }

    public Dataset As(string name) => new(name, this);

    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => new(new Schema(_fields, null));

    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        var indexes = (options.Columns ?? [.. _fields.Select(field => field.Name)]).Select(name => _fields.FindIndex(field => field.Name == name)).ToList();
        var schema = new Schema(indexes.Select(index => _fields[index]), null);

        // Small batches, so that every test crosses their borders.
        for (var start = 0; start < _arrays[0].Length; start += 7)
        {
            var count = Math.Min(7, _arrays[0].Length - start);
            yield return new RecordBatch(schema, indexes.Select(index => ArrowArrayFactory.Slice(_arrays[index], start, count)), count);
        }
    }

    public static async Task<List<FeatureValue>> ReadAsync(Dataset dataset, string column)
    {
        var values = new List<FeatureValue>();
        await foreach (var batch in dataset.ReadAsync(new DatasetReadOptions { Columns = [column], BatchSize = 5 }, TestContext.Current.CancellationToken))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                {
                    values.Add(batch.Column(0) switch
                    {
                        DoubleArray numbers => numbers.GetValue(row) is { } number ? FeatureValue.Of(number) : default,
                        StringArray texts => FeatureValue.Of(texts.GetString(row)),
                        BooleanArray truths => truths.GetValue(row) is { } truth ? FeatureValue.Of(truth) : default,
                        TimestampArray times => times.GetTimestamp(row) is { } time ? FeatureValue.Of(time) : default,
                        var other => throw new NotSupportedException(other.GetType().Name),
                    });
                }
            }
        }

        return values;
    }

    private Rows Add(string name, IArrowArray array)
    {
        _fields.Add(new Field(name, array.Data.DataType, nullable: true));

        // Managed buffers: a reader that disposes its slice takes nothing from the next.
        var buffers = array.Data.Buffers.Select(buffer => buffer.Length == 0 ? ArrowBuffer.Empty : new ArrowBuffer(buffer.Memory.ToArray()));
        _arrays.Add(ArrowArrayFactory.BuildArray(new ArrayData(array.Data.DataType, array.Length, array.NullCount, 0, [.. buffers])));
        return this;
    }
}
