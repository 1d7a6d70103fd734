using System.Collections.Concurrent;
using System.Data.Common;

namespace MlOps.Sqlite;

/// <summary>Hands out connections: one writer at a time, readers side by side. What is particular to a database lies in the derived class.</summary>
internal abstract class SqlDatabase : IDisposable
{
    private readonly SemaphoreSlim _writeGate = new(1, 1);
    private readonly SemaphoreSlim _prepareGate = new(1, 1);
    private readonly ConcurrentBag<SqlSession> _readers = [];
    private readonly SqlSession?[] _writers = new SqlSession?[2];
    private volatile bool _prepared;
    private volatile bool _disposed;

    public abstract SqlDialect Dialect { get; }

    /// <summary>Runs work in one transaction, which is rolled back when the work throws.</summary>
    public async ValueTask<T> WriteAsync<T>(Durability durability, Func<SqlSession, T> work, CancellationToken cancellationToken)
    {
        await EnsurePreparedAsync(cancellationToken).ConfigureAwait(false);
        await _writeGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var session = _writers[(int)durability] ??= Open(durability);
            session.Begin();
            return InTransaction(session, work);
        }
        catch (DbException error)
        {
            throw Translate(error);
        }
        finally
        {
            _writeGate.Release();
        }
    }

    /// <summary>Runs work on a connection of its own: it sees one state, with all writes that were confirmed before.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken)
    {
        await EnsurePreparedAsync(cancellationToken).ConfigureAwait(false);
        return Read(work);
    }

    public void Dispose()
    {
        _writeGate.Wait();
        _disposed = true;
        try
        {
            Drain();
            foreach (var writer in _writers)
            {
                writer?.Dispose();
            }
        }
        finally
        {
            _writeGate.Release();
        }

        _prepareGate.Dispose();
    }

    protected abstract SqlSession Open(Durability durability);

    protected abstract MlOpsException Translate(DbException error);

    /// <summary>Brings the schema up to date.</summary>
    protected abstract Task PrepareAsync(CancellationToken cancellationToken);

    private T Read<T>(Func<SqlSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SqlSession? session = null;
        try
        {
            if (!_readers.TryTake(out session))
            {
                session = Open(Durability.Full);
            }

            session.BeginRead();
            return InTransaction(session, work);
        }
        catch (DbException error)
        {
            throw Translate(error);
        }
        finally
        {
            if (session is not null)
            {
                _readers.Add(session);
                if (_disposed)
                {
                    Drain();
                }
            }
        }
    }

    private static T InTransaction<T>(SqlSession session, Func<SqlSession, T> work)
    {
        try
        {
            var result = work(session);
            session.Commit();
            return result;
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    private void Drain()
    {
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private async ValueTask EnsurePreparedAsync(CancellationToken cancellationToken)
    {
        if (_prepared)
        {
            return;
        }

        await _prepareGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_prepared)
            {
                await PrepareAsync(cancellationToken).ConfigureAwait(false);
                _prepared = true;
            }
        }
        catch (DbException error)
        {
            throw Translate(error);
        }
        finally
        {
            _prepareGate.Release();
        }
    }
}
