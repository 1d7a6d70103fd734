using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>Follows a reference: the current generation answers, the next is loaded beside it.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to free.")]
internal sealed class ModelHost(ModelReference reference, ModelLoader loader, ServingOptions options, TimeProvider time, ILogger logger)
    : IModelHost
{
    // A version that cannot be loaded is tried again after this many intervals, not at each.
    private const int RetryAfterIntervals = 15;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<Action<ModelSignature>> _checks = [];
    private readonly long _interval = Math.Max(1, (long)(options.RefreshInterval.TotalSeconds * time.TimestampFrequency));
    private volatile ModelGeneration? _current;
    private volatile bool _disposed;
    private long _nextPoll;
    private int _polling;
    private int? _failedVersion;
    private long _failedUntil;

    public ModelReference Reference { get; } = reference;

    public int? Version => _current?.Version.Number;

    public void AddCheck(Action<ModelSignature> check)
    {
        lock (_checks)
        {
            _checks.Add(check);
        }
    }

    public ModelGeneration? TryLease(long now)
    {
        while (_current is { } current)
        {
            if (current.TryLease())
            {
                if (now >= Volatile.Read(ref _nextPoll))
                {
                    StartPolling(now);
                }

                return current;
            }
        }

        return null;
    }

    public async ValueTask<ModelGeneration> LeaseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryLease(time.GetTimestamp()) is { } leased)
            {
                return leased;
            }

            ObjectDisposedException.ThrowIf(_disposed, this);
            await FollowAsync(onlyIfNone: true, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<int> RefreshAsync(CancellationToken cancellationToken = default) => FollowAsync(onlyIfNone: false, cancellationToken);

    public void Close()
    {
        _disposed = true;
        Interlocked.Exchange(ref _current, null)?.Release();
    }

    private async Task<int> FollowAsync(bool onlyIfNone, CancellationToken cancellationToken, bool inBackground = false)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (onlyIfNone && _current is { } loaded)
            {
                return loaded.Version.Number;
            }

            var version = await loader.FindAsync(Reference, cancellationToken).ConfigureAwait(false);
            if (_current is { } current && (current.Version.Number == version.Number || (inBackground && IsResting(version.Number))))
            {
                return current.Version.Number;
            }

            Swap(await LoadAsync(version, cancellationToken).ConfigureAwait(false));
            return version.Number;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<ModelGeneration> LoadAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        Action<ModelSignature>[] checks;
        lock (_checks)
        {
            checks = [.. _checks];
        }

        try
        {
            return await loader.LoadAsync(Reference, version, checks, cancellationToken).ConfigureAwait(false);
        }
        catch (MlOpsException)
        {
            _failedVersion = version.Number;
            _failedUntil = time.GetTimestamp() + (RetryAfterIntervals * _interval);
            throw;
        }
    }

    private void Swap(ModelGeneration next)
    {
        _failedVersion = null;
        Volatile.Write(ref _nextPoll, time.GetTimestamp() + _interval);
        var previous = Interlocked.Exchange(ref _current, next);
        previous?.Release();
        Log.Swapped(logger, Reference.ToString(), next.Version.Number);
        if (_disposed)
        {
            Close();
        }
    }

    private bool IsResting(int version) => _failedVersion == version && time.GetTimestamp() < _failedUntil;

    private void StartPolling(long now)
    {
        Volatile.Write(ref _nextPoll, now + _interval);
        if (Reference.Number is null && Interlocked.Exchange(ref _polling, 1) == 0)
        {
            _ = Task.Run(PollAsync);
        }
    }

    private async Task PollAsync()
    {
        try
        {
            await FollowAsync(onlyIfNone: false, CancellationToken.None, inBackground: true).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            if (!_disposed)
            {
                Log.RefreshFailed(logger, Reference.ToString(), Version ?? 0, error);
            }
        }
        finally
        {
            Volatile.Write(ref _polling, 0);
        }
    }
}
