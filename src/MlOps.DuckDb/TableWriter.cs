using Apache.Arrow;
using DuckDB.NET.Native;

namespace MlOps.DuckDb;

/// <summary>Copies batches into a table, a vector of each column at a time.</summary>
internal sealed class TableWriter : IDisposable
{
    private static readonly int VectorSize = (int)NativeMethods.Helpers.DuckDBVectorSize();

    private readonly DuckDbSession _session;
    private readonly DuckDBAppender _appender;
    private readonly DuckDBDataChunk _chunk;
    private readonly VectorWriter[] _columns;

    public TableWriter(DuckDbSession session, string table, Schema schema)
    {
        _session = session;
        if (NativeMethods.Appender.DuckDBAppenderCreateExt(session.Connection, "temp", "main", table, out _appender) != DuckDBState.Success)
        {
            using (_appender)
            {
                throw Failed();
            }
        }

        var types = Enumerable.Range(0, schema.FieldsList.Count).Select(i => NativeMethods.Appender.DuckDBAppenderColumnType(_appender, (ulong)i)).ToArray();
        _chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk(System.Array.ConvertAll(types, type => type.DangerousGetHandle()), (ulong)types.Length);
        _columns = [.. schema.FieldsList.Select((field, i) => VectorWriter.For(field, types[i]))];
        foreach (var type in types)
        {
            type.Dispose();
        }
    }

    /// <summary>Copies the rows; the batch stays its owner's.</summary>
    public void Append(RecordBatch batch)
    {
        for (var start = 0; start < batch.Length; start += VectorSize)
        {
            var count = Math.Min(VectorSize, batch.Length - start);
            NativeMethods.DataChunks.DuckDBDataChunkReset(_chunk);
            for (var i = 0; i < _columns.Length; i++)
            {
                _columns[i].Write(NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, i), batch.Column(i), start, count);
            }

            NativeMethods.DataChunks.DuckDBDataChunkSetSize(_chunk, (ulong)count);
            Check(NativeMethods.Appender.DuckDBAppendDataChunk(_appender, _chunk));
        }
    }

    public void Flush() => Check(NativeMethods.Appender.DuckDBAppenderFlush(_appender));

    public void Dispose()
    {
        _chunk.Dispose();
        _appender.Dispose();
    }

    private void Check(DuckDBState state)
    {
        if (state != DuckDBState.Success)
        {
            throw Failed();
        }
    }

    private MlOpsException Failed()
    {
        using var error = NativeMethods.Appender.DuckDBAppenderErrorData(_appender);
        return _session.Failed(error.IsInvalid ? "The appender gave no reason." : NativeMethods.ErrorData.DuckDBErrorDataMessage(error));
    }
}
