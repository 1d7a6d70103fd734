using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using MlOps.Data;
using MlOps.Data.Columns;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace MlOps.Parquet;

/// <summary>Rows of a Parquet file: only the row groups and columns that a reader wants are decoded.</summary>
internal sealed class ParquetSource : IDatasetSource
{
    private const int MostBytesOfNumber = 3;
    private const int BufferSize = 256 * 1024;
    private readonly Func<CancellationToken, Task<Stream>> _open;
    private readonly string _where;

    public ParquetSource(string where, Func<CancellationToken, Task<Stream>> open)
    {
        (_where, _open) = (where, open);
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default)
    {
        var stream = await _open(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var reader = Guard(() => new FileReader(stream, leaveOpen: true));
            return Guard(() => PlainColumns.Of(reader.Schema));
        }
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (options.Limit <= 0)
        {
            yield break;
        }

        var stream = await _open(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var settings = ArrowReaderProperties.GetDefault();
            settings.BatchSize = options.BatchSize;
            settings.UseThreads = true;

            // Pre-buffering keeps the bytes of all row groups to the end, and without a buffer a column's part of a row group is read whole.
            settings.PreBuffer = false;
            using var buffering = ReaderProperties.GetDefaultReaderProperties();
            buffering.EnableBufferedStream();
            buffering.BufferSize = BufferSize;
            Guard(() => ReadNumbered(stream, settings));
            using var reader = Guard(() => new FileReader(stream, buffering, settings, leaveOpen: true));
            var whole = Guard(() => reader.Schema);
            var plain = PlainColumns.Of(whole);
            var (groups, offset) = RowGroups(reader, options);
            if (groups.Length == 0)
            {
                yield break;
            }

            var fields = Wanted(plain, options.Columns);
            var leaves = fields.Select(index => Leaf(whole, index)).ToArray();
            using var batches = Guard(() => reader.GetRecordBatchReader(groups, leaves));

            // The file gives its columns in its own order; shaping puts them into the reader's. While the reader works, the next batch is decoded.
            async IAsyncEnumerable<RecordBatch> DecodeAsync()
            {
                Schema? schema = null;
                var next = Task.Run(() => NextAsync(batches, schema, cancellationToken), CancellationToken.None);
                try
                {
                    while (await next.ConfigureAwait(false) is { } batch)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        schema = batch.Schema;
                        next = Task.Run(() => NextAsync(batches, schema, cancellationToken), CancellationToken.None);
                        yield return batch;
                    }
                }
                finally
                {
                    // The file must not be closed under the decoder.
                    await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }

            var rest = options with { Offset = offset, Columns = options.Columns ?? [.. plain.FieldsList.Select(field => field.Name)] };
            await foreach (var batch in BatchShaping.ShapeAsync(DecodeAsync(), rest, cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }
        }
    }

    /// <summary>
    /// Texts that the file keeps as numbers of a dictionary are read as numbers: to make texts of them here takes a fraction of the time that
    /// the reader takes.
    /// </summary>
    private static bool ReadNumbered(Stream stream, ArrowReaderProperties settings)
    {
        using var file = new ParquetFileReader(stream, leaveOpen: true);
        var metadata = file.FileMetaData;
        for (var leaf = 0; leaf < metadata.NumColumns; leaf++)
        {
            using var type = metadata.Schema.Column(leaf).LogicalType;
            if (type is StringLogicalType && IsNumbered(file, leaf))
            {
                settings.SetReadDictionary(leaf, true);
            }
        }

        return true;
    }

    // A writer gives a dictionary up when it grows too large, and says so nowhere; but then each text takes its bytes and four more.
    private static bool IsNumbered(ParquetFileReader file, int leaf)
    {
        for (var i = 0; i < file.FileMetaData.NumRowGroups; i++)
        {
            using var group = file.RowGroup(i);
            using var chunk = group.MetaData.GetColumnChunkMetaData(leaf);
            if (chunk.TotalUncompressedSize > MostBytesOfNumber * chunk.NumValues)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The row groups that hold wanted rows, and how many rows of the first are to be passed over.</summary>
    private (int[] Groups, long Offset) RowGroups(FileReader reader, DatasetReadOptions options)
    {
        List<int> groups = [];
        var start = 0L;
        var offset = options.Offset;
        var end = options.Limit is { } limit && limit < long.MaxValue - options.Offset ? options.Offset + limit : long.MaxValue;
        for (var i = 0; i < reader.NumRowGroups && start < end; i++)
        {
            using var group = Guard(() => reader.ParquetReader.RowGroup(i));
            var rows = group.MetaData.NumRows;
            if (start + rows > options.Offset && rows > 0)
            {
                if (groups.Count == 0)
                {
                    offset = options.Offset - start;
                }

                groups.Add(i);
            }

            start += rows;
        }

        return ([.. groups], offset);
    }

    private static int[] Wanted(Schema schema, IReadOnlyList<string>? columns) => columns is null
        ? [.. Enumerable.Range(0, schema.FieldsList.Count)]
        : [.. columns.Select(column => schema.GetFieldIndex(column, StringComparer.Ordinal)).Order()];

    /// <summary>Parquet numbers leaf columns: before a flat one stand all leaves of the nested ones.</summary>
    private int Leaf(Schema schema, int index)
    {
        var field = schema.GetFieldByIndex(index);
        if (field.DataType is NestedType or NullType)
        {
            throw new MlOpsException(
                ErrorCodes.ColumnType,
                $"The column '{field.Name}' of '{_where}' is a {field.DataType.Name}, which data sets do not hold: select the other columns, or flatten it when the file is written.");
        }

        var leaf = 0;
        for (var i = 0; i < index; i++)
        {
            leaf += Leaves(schema.GetFieldByIndex(i).DataType);
        }

        return leaf;
    }

    private static int Leaves(IArrowType type) => type is NestedType nested ? nested.Fields.Sum(field => Leaves(field.DataType)) : 1;

    private async Task<RecordBatch?> NextAsync(IArrowArrayStream batches, Schema? schema, CancellationToken cancellationToken)
    {
        try
        {
            if (await batches.ReadNextRecordBatchAsync(cancellationToken).ConfigureAwait(false) is not { } batch)
            {
                return null;
            }

            // A copy in managed memory: the reader's buffers go with the reader.
            using (batch)
            {
                schema ??= PlainColumns.Of(batch.Schema);
                return Copy(batch, schema);
            }
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw Corrupt(error);
        }
    }

    private static RecordBatch Copy(RecordBatch batch, Schema schema)
    {
        var columns = new IArrowArray[batch.ColumnCount];
        try
        {
            Parallel.For(0, columns.Length, i => columns[i] = PlainColumns.PlainCopy(batch.Column(i), schema.GetFieldByIndex(i)));
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }

        return new RecordBatch(schema, columns, batch.Length);
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw Corrupt(error);
        }
    }

    // The native reader reports through several exception types, and its Arrow import through others.
    private static bool IsDamage(Exception error) => error is not (OperationCanceledException or MlOpsException or OutOfMemoryException);

    private MlOpsException Corrupt(Exception error) => new(
        ErrorCodes.FileCorrupt,
        $"'{_where}' is not a readable Parquet file ({error.Message.Trim()}): it may be truncated, encrypted or of another format. Copy or write it again.",
        error);
}
