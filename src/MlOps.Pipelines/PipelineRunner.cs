using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MlOps.Pipelines.Values;
using MlOps.Storage;

namespace MlOps.Pipelines;

/// <summary>Runs pipelines in this process, with a journal and a content-addressed cache.</summary>
public sealed class PipelineRunner : IPipelineRunner
{
    private readonly IPipelineStore _store;
    private readonly IBlobStore _blobs;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;

    /// <summary>Runs pipelines over a journal and a blob store.</summary>
    /// <param name="store">The journal and the cache of keys.</param>
    /// <param name="blobs">Where step values lie.</param>
    /// <param name="time">The clock of timestamps, time limits and pauses.</param>
    /// <param name="loggers">Where steps log; null for nowhere.</param>
    public PipelineRunner(IPipelineStore store, IBlobStore blobs, TimeProvider time, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(time);
        _store = store;
        _blobs = blobs;
        _time = time;
        _loggers = loggers ?? NullLoggerFactory.Instance;
    }

    /// <inheritdoc/>
    public async Task<PipelineResult<TOutput>> RunAsync<TInput, TOutput>(
        Pipeline<TInput, TOutput> pipeline, TInput input, PipelineRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        options ??= new PipelineRunOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrency ?? 1, 1, nameof(options));
        var values = new StepValues(pipeline.Name, pipeline.Json, _blobs);
        values.Require(typeof(TInput), "the input");
        foreach (var step in pipeline.Steps)
        {
            values.Require(step.OutputType, $"the step '{step.Name}'");
        }

        using var activity = PipelineTelemetry.Source.StartActivity("mlops.pipelines.run");
        activity?.SetTag("mlops.pipeline", pipeline.Name);
        var history = await StepHistory.ReadAsync(_store, pipeline.Name, [.. pipeline.Steps.Select(step => step.Name)], cancellationToken)
            .ConfigureAwait(false);
        var inputHash = await values.WriteAsync(typeof(TInput), input, cancellationToken).ConfigureAwait(false);
        var started = _time.GetUtcNow();
        var run = new PipelineRunInfo { Id = Guid.CreateVersion7(started).ToString("N"), Pipeline = pipeline.Name, StartedAt = started };
        await _store.SaveRunAsync(run, cancellationToken).ConfigureAwait(false);
        var attempts = new StepAttempts(run.Id, _time, _loggers, pipeline.Name, options.Seed);
        using var execution = new PipelineExecution(
            _store, _blobs, _time, values, attempts, options, history, run.Id, typeof(TInput), inputHash);
        try
        {
            var (value, records) = await execution.RunAsync(pipeline.Steps, pipeline.OutputStep, cancellationToken).ConfigureAwait(false);
            await _store.SaveRunAsync(run with { EndedAt = _time.GetUtcNow(), Succeeded = true }, cancellationToken).ConfigureAwait(false);
            return new PipelineResult<TOutput> { Value = (TOutput)value!, RunId = run.Id, Steps = records };
        }
        catch (Exception error)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            var failed = run with { EndedAt = _time.GetUtcNow(), Succeeded = false, Failure = error.Message };
            await _store.SaveRunAsync(failed, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
