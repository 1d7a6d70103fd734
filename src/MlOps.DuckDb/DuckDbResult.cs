using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.C;
using DuckDB.NET.Native;
using MlOps.Data.Columns;

namespace MlOps.DuckDb;

/// <summary>The answer to a query, taken over from DuckDB in vectors by Arrow's C data interface.</summary>
internal sealed class DuckDbResult : IDisposable
{
    private readonly DuckDbSession _session;
    private readonly DuckDBArrowOptions _arrow;
    private DuckDBResult _result;

    public DuckDbResult(DuckDbSession session, DuckDBResult result)
    {
        (_session, _result) = (session, result);
        _arrow = NativeMethods.Arrow.DuckDBResultGetArrowOptions(ref _result);
        try
        {
            Schema = ImportSchema();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>As DuckDB gives it.</summary>
    public Schema Schema { get; }

    /// <summary>Streams the rows in DuckDB's vectors.</summary>
    /// <param name="schema">Plain columns, by whose names and types they go on.</param>
    /// <param name="cancellationToken">Stops between vectors; DuckDB itself is stopped by the session.</param>
    public async IAsyncEnumerable<RecordBatch> ReadAsync(Schema schema, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await Task.Run(Next, CancellationToken.None).ConfigureAwait(false) is { } batch)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                batch.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
            }

            yield return PlainColumns.Of(batch, schema);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (NativeMethods.Query.DuckDBResultError(ref _result) is { Length: > 0 } message)
        {
            throw _session.Failed(message);
        }
    }

    public void Dispose()
    {
        _arrow.Dispose();
        _result.Close();
    }

    private RecordBatch? Next()
    {
        using var chunk = NativeMethods.Query.DuckDBFetchChunk(_result);
        return chunk.IsInvalid || NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk) == 0 ? null : ImportBatch(chunk);
    }

    private unsafe RecordBatch ImportBatch(DuckDBDataChunk chunk)
    {
        var array = CArrowArray.Create();
        try
        {
            Check(NativeMethods.Arrow.DuckDBDataChunkToArrow(_arrow, chunk, (nint)array));
            return CArrowArrayImporter.ImportRecordBatch(array, Schema);
        }
        finally
        {
            CArrowArray.Free(array);
        }
    }

    private unsafe Schema ImportSchema()
    {
        var count = (int)NativeMethods.Query.DuckDBColumnCount(ref _result);
        var types = new DuckDBLogicalType[count];
        var names = new nint[count];
        var schema = CArrowSchema.Create();
        try
        {
            for (var i = 0; i < count; i++)
            {
                types[i] = NativeMethods.Query.DuckDBColumnLogicalType(ref _result, i);
                names[i] = Marshal.StringToCoTaskMemUTF8(NativeMethods.Query.DuckDBColumnName(ref _result, i));
            }

            var handles = System.Array.ConvertAll(types, type => type.DangerousGetHandle());
            fixed (nint* first = handles, firstName = names)
            {
                Check(NativeMethods.Arrow.DuckDBToArrowSchema(_arrow, (nint)first, (nint)firstName, (ulong)count, (nint)schema));
            }

            return CArrowSchemaImporter.ImportSchema(schema);
        }
        finally
        {
            CArrowSchema.Free(schema);
            foreach (var name in names)
            {
                Marshal.FreeCoTaskMem(name);
            }

            foreach (var type in types)
            {
                type?.Dispose();
            }
        }
    }

    private void Check(DuckDBErrorData error)
    {
        using (error)
        {
            if (!error.IsInvalid && NativeMethods.ErrorData.DuckDBErrorDataHasError(error))
            {
                throw _session.Failed(NativeMethods.ErrorData.DuckDBErrorDataMessage(error));
            }
        }
    }
}
