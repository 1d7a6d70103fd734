using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using MlOps.Data.Columns;

namespace MlOps.Data.Sources;

/// <summary>Rows of an Arrow IPC file.</summary>
internal sealed class ArrowFileSource : IDatasetSource
{
    private static readonly CompressionCodecFactory Compression = new();
    private readonly Func<CancellationToken, Task<Stream>> _open;
    private readonly string _where;

    public ArrowFileSource(string where, Func<CancellationToken, Task<Stream>> open)
    {
        _where = where;
        _open = open;
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default)
    {
        var stream = await _open(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var reader = new ArrowFileReader(new ArrowFileStream(stream), new ArrowFileMemory(stream.Length), Compression, leaveOpen: true);
            return await SchemaOfAsync(reader, cancellationToken).ConfigureAwait(false);
        }
    }

    public IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, CancellationToken cancellationToken = default) =>
        BatchShaping.ShapeAsync(ReadAllAsync(cancellationToken), options, cancellationToken);

    private async IAsyncEnumerable<RecordBatch> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = await _open(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var reader = new ArrowFileReader(new ArrowFileStream(stream), new ArrowFileMemory(stream.Length), Compression, leaveOpen: true);
            var schema = await SchemaOfAsync(reader, cancellationToken).ConfigureAwait(false);
            while (await NextAsync(reader, cancellationToken).ConfigureAwait(false) is { } batch)
            {
                yield return PlainColumns.Of(batch, schema);
            }
        }
    }

    private async ValueTask<Schema> SchemaOfAsync(ArrowFileReader reader, CancellationToken cancellationToken)
    {
        try
        {
            var schema = await reader.GetSchema(cancellationToken).ConfigureAwait(false);
            if (schema is null)
            {
                throw Corrupt(null);
            }

            var repeated = schema.FieldsList.GroupBy(field => field.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Key is null || group.Count() > 1);
            if (schema.FieldsList.FirstOrDefault(field => ValuesOf(field.DataType) is Decimal128Type type && !IsDecimal(type)) is { } wrong)
            {
                throw new InvalidDataException($"its column '{wrong.Name}' is said to be a {wrong.DataType}, which no decimal number is");
            }

            return repeated is null ? PlainColumns.Of(schema) : throw new InvalidDataException($"it has {repeated.Count()} columns named '{repeated.Key}'");
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw Corrupt(error);
        }
    }

    private async ValueTask<RecordBatch?> NextAsync(ArrowFileReader reader, CancellationToken cancellationToken)
    {
        try
        {
            if (await reader.ReadNextRecordBatchAsync(cancellationToken).ConfigureAwait(false) is not { } batch)
            {
                return null;
            }

            ArrowArrayDefect.ThrowIfAny(batch);
            return batch;
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw Corrupt(error);
        }
    }

    private static IArrowType ValuesOf(IArrowType type) => type is DictionaryType coded ? coded.ValueType : type;

    private static bool IsDecimal(Decimal128Type type) => type.Precision is >= 1 and <= 38 && type.Scale >= 0 && type.Scale <= type.Precision;

    // The reader answers damaged bytes with whatever its parsing stumbles over: running out of memory too, where a length is wrong.
    private static bool IsDamage(Exception error) => error is not (OperationCanceledException or MlOpsException or UnauthorizedAccessException);

    private MlOpsException Corrupt(Exception? error) => new(
        ErrorCodes.FileCorrupt,
        $"'{_where}' is not a readable Arrow IPC file ({error?.Message ?? "it has no schema"}): it may be truncated or of another format. Copy or write it again; Arrow's streaming form has to be rewritten in the file form.",
        error);
}
