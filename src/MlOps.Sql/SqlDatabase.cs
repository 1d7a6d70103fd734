using System.Collections.Concurrent;
using System.Data.Common;

namespace MlOps.Sql;

/// <summary>Hands out connections: one writer at a time, readers side by side. What is particular to a database lies in the derived class.</summary>
internal abstract class SqlDatabase : IDisposable
{
    // Of writers that count on from the same row all but one begin again, so that a slow one may lose many times.
    private const int Attempts = 100;

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
            return Write(durability, work);
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

    /// <summary>Copies all tables, as they are at one moment, into an empty database in one transaction.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CopyToAsync(SqlDatabase target, CancellationToken cancellationToken)
    {
        await EnsurePreparedAsync(cancellationToken).ConfigureAwait(false);
        return await target.WriteAsync(Durability.Full, to => Read(from => SqlCopy.Run(from, to)), cancellationToken).ConfigureAwait(false);
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
        Close();
    }

    protected abstract SqlSession Open(Durability durability);

    /// <summary>Lets go of what the sessions shared, after the last of them.</summary>
    protected virtual void Close()
    {
    }

    protected abstract MlOpsException Translate(DbException error);

    /// <summary>Whether another transaction came in between, so that the same work may succeed when it is done again.</summary>
    protected virtual bool IsConflict(DbException error) => false;

    /// <summary>Brings the schema up to date.</summary>
    protected abstract Task PrepareAsync(CancellationToken cancellationToken);

    private T Write<T>(Durability durability, Func<SqlSession, T> work)
    {
        ref var writer = ref _writers[(int)durability];
        for (var attempt = 1; ; attempt++)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var reused = writer is not null;
            var committing = false;
            try
            {
                writer ??= Open(durability);
                writer.Begin();
                var result = work(writer);
                committing = true;
                writer.Commit();
                return result;
            }
            catch (Exception error)
            {
                writer?.Rollback();
                var lost = writer is { IsLost: true };
                if (lost)
                {
                    writer!.Dispose();
                    writer = null;
                }

                // A connection that broke while it lay idle shows when it is used. Whether a commit without an answer was done is not
                // known: that is for the caller to find out.
                if (error is not DbException refusal)
                {
                    throw;
                }

                if (attempt == Attempts || !(IsConflict(refusal) || (lost && reused && !committing)))
                {
                    throw Translate(refusal);
                }
            }
        }
    }

    private T Read<T>(Func<SqlSession, T> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var reused = _readers.TryTake(out var session);
            try
            {
                session ??= Open(Durability.Full);
                session.BeginRead();
                var result = work(session);
                session.Commit();
                return result;
            }
            catch (Exception error)
            {
                session?.Rollback();
                if (error is not DbException refusal)
                {
                    throw;
                }

                if (attempt == Attempts || !(IsConflict(refusal) || (reused && session!.IsLost)))
                {
                    throw Translate(refusal);
                }
            }
            finally
            {
                GiveBack(session);
            }
        }
    }

    private void GiveBack(SqlSession? session)
    {
        if (session is { IsLost: true })
        {
            // The others broke with it.
            session.Dispose();
            Drain();
        }
        else if (session is not null)
        {
            _readers.Add(session);
            if (_disposed)
            {
                Drain();
            }
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
