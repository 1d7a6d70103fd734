using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>One loaded version with its lanes; disposed when the host has let go of it and the last call on it has ended.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to free.")]
internal sealed class ModelGeneration
{
    private readonly IModel _model;
    private readonly ILogger _logger;
    private readonly int _maxBatchSize;
    private readonly SemaphoreSlim _permits;
    private readonly Stack<IModelSession> _idle;
    private readonly Lock _lock = new();
    private int _leases = 1;

    public ModelGeneration(ModelReference reference, ModelVersion version, IModel model, ServingOptions options, ILogger logger)
    {
        Reference = reference;
        Version = version;
        _model = model;
        _logger = logger;
        _maxBatchSize = options.MaxBatchSize;
        _permits = new SemaphoreSlim(options.MaxLanes, options.MaxLanes);
        _idle = new Stack<IModelSession>(options.MaxLanes);
        ModelTag = new("mlops.model", version.Name);
        VersionTag = new("mlops.model.version", version.Number);
    }

    public ModelReference Reference { get; }

    public ModelVersion Version { get; }

    public ModelSignature Signature => _model.Signature;

    public KeyValuePair<string, object?> ModelTag { get; }

    public KeyValuePair<string, object?> VersionTag { get; }

    public bool TryLease()
    {
        var leases = Volatile.Read(ref _leases);
        while (leases > 0)
        {
            var seen = Interlocked.CompareExchange(ref _leases, leases + 1, leases);
            if (seen == leases)
            {
                return true;
            }

            leases = seen;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
        {
            _ = DisposeAsync();
        }
    }

    public bool TryRent([NotNullWhen(true)] out IModelSession? session)
    {
        session = _permits.Wait(0) ? Take() : null;
        return session is not null;
    }

    public async ValueTask<IModelSession> RentAsync(CancellationToken cancellationToken)
    {
        await _permits.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Take();
    }

    public void Return(IModelSession session)
    {
        lock (_lock)
        {
            _idle.Push(session);
        }

        _permits.Release();
    }

    private IModelSession Take()
    {
        lock (_lock)
        {
            if (_idle.TryPop(out var session))
            {
                return session;
            }
        }

        try
        {
            return _model.CreateSession(_maxBatchSize);
        }
        catch
        {
            _permits.Release();
            throw;
        }
    }

    // Runs on the thread of the last call; engines dispose synchronously, and one that does not is observed here.
    private async Task DisposeAsync()
    {
        try
        {
            foreach (var session in _idle)
            {
                session.Dispose();
            }

            await _model.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Log.DisposeFailed(_logger, Reference.ToString(), Version.Number, error);
        }
    }
}
