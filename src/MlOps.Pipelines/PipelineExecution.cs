using MlOps.Pipelines.Code;
using MlOps.Pipelines.Values;
using MlOps.Storage;

namespace MlOps.Pipelines;

/// <summary>One execution: starts every step at once, each waiting for its inputs, and stops them all at the first failure.</summary>
internal sealed class PipelineExecution : IDisposable
{
    private const int MostRepairs = 3;

    private readonly IPipelineStore _store;
    private readonly IBlobStore _blobs;
    private readonly TimeProvider _time;
    private readonly StepValues _values;
    private readonly StepAttempts _attempts;
    private readonly PipelineRunOptions _options;
    private readonly IReadOnlyDictionary<string, StepRecord> _history;
    private readonly string _runId;
    private readonly SemaphoreSlim _slots;
    private readonly Dictionary<string, StepState> _steps = new(StringComparer.Ordinal);
    private readonly Type _inputType;
    private readonly ContentHash _input;
    private int _completed;
    private int _total;

    public PipelineExecution(
        IPipelineStore store,
        IBlobStore blobs,
        TimeProvider time,
        StepValues values,
        StepAttempts attempts,
        PipelineRunOptions options,
        IReadOnlyDictionary<string, StepRecord> history,
        string runId,
        Type inputType,
        ContentHash input)
    {
        (_store, _blobs, _time, _values, _attempts, _options) = (store, blobs, time, values, attempts, options);
        (_history, _runId, _inputType, _input) = (history, runId, inputType, input);
        _slots = new SemaphoreSlim(options.MaxConcurrency ?? Environment.ProcessorCount);
    }

    public void Dispose() => _slots.Dispose();

    public async Task<(object? Value, IReadOnlyList<StepRecord> Records)> RunAsync(
        IReadOnlyList<StepDefinition> steps, string outputStep, CancellationToken cancellationToken)
    {
        _total = steps.Count;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        foreach (var step in steps)
        {
            var state = new StepState(step);
            state.Ending = RunStepAsync(state, stop);
            _steps.Add(step.Name, state);
        }

        await Task.WhenAll(_steps.Values.Select(state => state.Ending)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (_steps.Values.FirstOrDefault(state => state.Ending.IsFaulted) is { } failed)
        {
            await failed.Ending.ConfigureAwait(false);
        }

        var value = await LoadAsync(outputStep, cancellationToken).ConfigureAwait(false);
        return (value.Value, [.. steps.Select(step => _steps[step.Name].Record!)]);
    }

    private async Task RunStepAsync(StepState state, CancellationTokenSource stop)
    {
        try
        {
            foreach (var input in state.Step.Inputs)
            {
                if (input is not null)
                {
                    await _steps[input].Ending.ConfigureAwait(false);
                }
            }

            var record = await TakeCachedAsync(state.Step, stop.Token).ConfigureAwait(false)
                ?? await ExecuteAsync(state.Step, repaired: null, stop.Token).ConfigureAwait(false);
            state.Record = await PublishAsync(record, stop.Token).ConfigureAwait(false);
            Report(state.Step, StepProgressState.Ended, Interlocked.Increment(ref _completed), state.Record.Attempts, state.Record);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private ContentHash HashOf(string? input) => input is null ? _input : _steps[input].Record!.Output!.Value;

    private StepKey KeyOf(StepDefinition step)
    {
        var version = step.Options.Version is { } explicitVersion ? $"version {explicitVersion}" : CodeVersion.Of(step.Code);
        return version is not null
            ? StepKey.Of(step, version, [.. step.Inputs.Select(HashOf)])
            : throw new MlOpsException(
                ErrorCodes.InvalidConfiguration,
                $"The code of the step '{step.Name}' cannot be hashed in this runtime (native AOT keeps no intermediate code): "
                + "give it StepOptions { Version = \"1\" } and change the version when the code's meaning changes.");
    }

    private async Task<StepRecord?> TakeCachedAsync(StepDefinition step, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_options.UseCache || !step.Options.Cache)
        {
            return null;
        }

        var started = _time.GetUtcNow();
        var from = _time.GetTimestamp();
        var key = KeyOf(step);
        var found = await _store.FindCachedAsync(key.Hash, cancellationToken).ConfigureAwait(false);
        if (found?.Output is not { } output || !await _blobs.ExistsAsync(output, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        return new StepRecord
        {
            RunId = _runId,
            Step = step.Name,
            Outcome = StepOutcome.Cached,
            Key = key.Hash,
            KeyParts = key.Parts,
            Output = output,
            StartedAt = started,
            Duration = _time.GetElapsedTime(from),
            Attempts = 0,
            Reason = found.Outcome == StepOutcome.Cached ? found.Reason : $"cached from run {found.RunId}",
        };
    }

    private async Task<StepRecord> ExecuteAsync(StepDefinition step, string? repaired, CancellationToken cancellationToken)
    {
        // Inputs first: a damaged one is made again, which may change its hash and with it the key.
        var inputs = new object?[step.Inputs.Count];
        for (var index = 0; index < inputs.Length; index++)
        {
            (inputs[index], _) = await LoadAsync(step.Inputs[index], cancellationToken).ConfigureAwait(false);
        }

        var key = KeyOf(step);
        var reason = repaired ?? ReasonFor(step, key);
        var started = _time.GetUtcNow();
        var from = _time.GetTimestamp();
        var attempts = 0;
        StepRecord Record(StepOutcome outcome, ContentHash? output, string why) => new()
        {
            RunId = _runId,
            Step = step.Name,
            Outcome = outcome,
            Key = key.Hash,
            KeyParts = key.Parts,
            Output = output,
            StartedAt = started,
            Duration = _time.GetElapsedTime(from),
            Attempts = attempts,
            Reason = why,
        };

        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            (started, from) = (_time.GetUtcNow(), _time.GetTimestamp());
            var (value, _) = await _attempts.RunAsync(step, inputs, Starting, cancellationToken).ConfigureAwait(false);
            var output = await _values.WriteAsync(step.OutputType, value, cancellationToken).ConfigureAwait(false);
            return Record(StepOutcome.Executed, output, reason);
        }
        catch (MlOpsException error) when (!cancellationToken.IsCancellationRequested)
        {
            var failed = Record(StepOutcome.Failed, null, error.Message);
            await _store.PublishAsync(failed, CancellationToken.None).ConfigureAwait(false);
            Report(step, StepProgressState.Ended, Interlocked.Increment(ref _completed), attempts, failed);
            throw;
        }
        finally
        {
            _slots.Release();
        }

        void Starting(int attempt, Exception? previous)
        {
            if (previous is not null)
            {
                Report(step, StepProgressState.Retrying, Volatile.Read(ref _completed), attempt - 1, null);
            }

            attempts = attempt;
            Report(step, StepProgressState.Started, Volatile.Read(ref _completed), attempt, null);
        }
    }

    private async Task<(object? Value, ContentHash Hash)> LoadAsync(string? producer, CancellationToken cancellationToken)
    {
        for (var repairs = 0; ; repairs++)
        {
            var hash = HashOf(producer);
            var type = producer is null ? _inputType : _steps[producer].Step.OutputType;
            try
            {
                return (await _values.ReadAsync(type, producer ?? "input", hash, cancellationToken).ConfigureAwait(false), hash);
            }
            catch (MlOpsException error) when (
                error.Code is ErrorCodes.BlobCorrupt or ErrorCodes.BlobNotFound && producer is not null && repairs < MostRepairs)
            {
                await RepairAsync(_steps[producer], hash, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The stored bytes were lost after the step had been taken from the cache: its code runs again, once for all that wait for it.
    private async Task RepairAsync(StepState state, ContentHash damaged, CancellationToken cancellationToken)
    {
        Task repair;
        lock (state)
        {
            repair = state.Repairing ??= MakeAgainAsync(state, damaged, cancellationToken);
        }

        await repair.ConfigureAwait(false);
    }

    private async Task MakeAgainAsync(StepState state, ContentHash damaged, CancellationToken cancellationToken)
    {
        await _blobs.DeleteAsync(damaged, cancellationToken).ConfigureAwait(false);
        state.Record = await ExecuteAsync(state.Step, "its cached value was damaged", cancellationToken).ConfigureAwait(false);
    }

    private string ReasonFor(StepDefinition step, StepKey key)
    {
        if (!_history.TryGetValue(step.Name, out var last))
        {
            return "first run";
        }

        return key.DifferenceFrom(last)
            ?? (last.Outcome == StepOutcome.Failed ? "the last attempt failed"
                : !step.Options.Cache ? "the step is not cached"
                : !_options.UseCache ? "the cache was not used"
                : "its cached value is gone");
    }

    private async Task<StepRecord> PublishAsync(StepRecord record, CancellationToken cancellationToken)
    {
        if (await _store.PublishAsync(record, cancellationToken).ConfigureAwait(false))
        {
            return record;
        }

        // Another attempt of this step was first: its value is the one that everybody sees.
        var records = await _store.ListStepsAsync(_runId, cancellationToken).ConfigureAwait(false);
        return records.FirstOrDefault(other => other.Step == record.Step && other.Output is not null) ?? record;
    }

    private void Report(StepDefinition step, StepProgressState state, int completed, int attempt, StepRecord? record)
    {
        if (record is not null)
        {
            PipelineTelemetry.Ended(_attempts.Pipeline, record);
        }

        _options.Progress?.Report(new StepProgress
        {
            RunId = _runId,
            Step = step.Name,
            State = state,
            Attempt = attempt,
            Completed = completed,
            Total = _total,
            Record = record,
        });
    }

    private sealed class StepState(StepDefinition step)
    {
        public StepDefinition Step => step;

        public Task Ending { get; set; } = Task.CompletedTask;

        public StepRecord? Record { get; set; }

        public Task? Repairing { get; set; }
    }
}
