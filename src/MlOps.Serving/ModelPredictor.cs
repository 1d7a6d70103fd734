using System.Diagnostics;
using MlOps.Features;
using MlOps.Monitoring;

namespace MlOps.Serving;

/// <summary>Answers on leased lanes of the host's current generation.</summary>
internal sealed class ModelPredictor<TIn, TOut> : IPredictor<TIn, TOut>
{
    private readonly PredictorDefinition<TIn, TOut> _definition;
    private readonly ModelHost _host;
    private readonly ModelHosts _hosts;
    private readonly IFeatureStore? _store;
    private readonly PredictionRecorder<TIn, TOut>? _recorder;
    private readonly InputCheck<TIn>? _check;
    private volatile PredictorBinding<TIn, TOut>? _binding;

    public ModelPredictor(
        PredictorDefinition<TIn, TOut> definition, ModelHost host, ModelHosts hosts, IFeatureStore? store, IModelMonitor? monitor)
    {
        _definition = definition;
        _host = host;
        _hosts = hosts;
        _store = store;
        _recorder = PredictionRecorder<TIn, TOut>.Create(definition, host.Reference, monitor, hosts);
        _check = definition.Problem is { } problem ? new InputCheck<TIn>(host.Reference, problem, definition.Handling) : null;
        host.AddCheck(signature => _ = new PredictorBinding<TIn, TOut>(definition, null, signature));
    }

    public ValueTask<Prediction<TOut>> PredictAsync(TIn input, CancellationToken cancellationToken = default)
    {
        if (_store is not null || cancellationToken.IsCancellationRequested)
        {
            return PredictSlowlyAsync(input, cancellationToken);
        }

        var started = _hosts.Time.GetTimestamp();
        var generation = _host.TryLease(started);
        if (generation is null)
        {
            return PredictSlowlyAsync(input, cancellationToken);
        }

        if (!generation.TryRent(out var session))
        {
            generation.Release();
            return PredictSlowlyAsync(input, cancellationToken);
        }

        try
        {
            var problem = _check?.Judge(input);
            return new ValueTask<Prediction<TOut>>(Run(input, null, generation, session, started) with { InputProblem = problem });
        }
        catch (Exception error)
        {
            return ValueTask.FromException<Prediction<TOut>>(Failed(error));
        }
        finally
        {
            generation.Return(session);
            generation.Release();
        }
    }

    public async ValueTask<IReadOnlyList<Prediction<TOut>>> PredictBatchAsync(
        IReadOnlyList<TIn> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var activity = ServingTelemetry.Source.StartActivity("mlops.serving.predict_batch");
        try
        {
            var problems = _check?.Judge(inputs);
            var answers = new Prediction<TOut>[inputs.Count];
            var vectors = await GetVectorsAsync(inputs, cancellationToken).ConfigureAwait(false);
            var generation = await _host.LeaseAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                for (var done = 0; done < answers.Length;)
                {
                    var session = await generation.RentAsync(cancellationToken).ConfigureAwait(false);
                    try
                    {
                        var count = Math.Min(session.MaxBatchSize, answers.Length - done);
                        RunMany(inputs, vectors, problems, answers, done, count, generation, session);
                        done += count;
                    }
                    finally
                    {
                        generation.Return(session);
                    }
                }

                return answers;
            }
            finally
            {
                generation.Release();
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            Failed(error);
            throw;
        }
    }

    private async ValueTask<Prediction<TOut>> PredictSlowlyAsync(TIn input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var activity = ServingTelemetry.Source.StartActivity("mlops.serving.predict");
        try
        {
            var started = _hosts.Time.GetTimestamp();
            var problem = _check?.Judge(input);
            var vector = _store is null
                ? null
                : await _store.GetOnlineAsync(_definition.Features!, _definition.Request!(input), cancellationToken).ConfigureAwait(false);
            var generation = await _host.LeaseAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var session = await generation.RentAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    return Run(input, vector, generation, session, started) with { InputProblem = problem };
                }
                finally
                {
                    generation.Return(session);
                }
            }
            finally
            {
                generation.Release();
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            Failed(error);
            throw;
        }
    }

    private Prediction<TOut> Run(TIn input, FeatureVector? vector, ModelGeneration generation, IModelSession session, long started)
    {
        var binding = Bind(generation);
        binding.Write(input, vector, session, 0);
        ServingTelemetry.RunEngine(session, 1);
        var value = binding.Read(session, 0);
        var id = _recorder?.Record(input, value, binding, vector, session, 0, generation, started);
        Measure(generation, 1, started);
        return new Prediction<TOut>(value, id, generation.Version.Number);
    }

    private void RunMany(
        IReadOnlyList<TIn> inputs,
        IReadOnlyList<FeatureVector>? vectors,
        string?[]? problems,
        Prediction<TOut>[] answers,
        int first,
        int count,
        ModelGeneration generation,
        IModelSession session)
    {
        var started = _hosts.Time.GetTimestamp();
        var binding = Bind(generation);
        for (var row = 0; row < count; row++)
        {
            binding.Write(inputs[first + row], vectors?[first + row], session, row);
        }

        ServingTelemetry.RunEngine(session, count);
        for (var row = 0; row < count; row++)
        {
            var (input, vector) = (inputs[first + row], vectors?[first + row]);
            var value = binding.Read(session, row);
            var id = _recorder?.Record(input, value, binding, vector, session, row, generation, started);
            answers[first + row] = new Prediction<TOut>(value, id, generation.Version.Number) { InputProblem = problems?[first + row] };
        }

        Measure(generation, count, started);
    }

    private async ValueTask<IReadOnlyList<FeatureVector>?> GetVectorsAsync(IReadOnlyList<TIn> inputs, CancellationToken cancellationToken)
    {
        return _store is null
            ? null
            : await _store.GetOnlineAsync(_definition.Features!, [.. inputs.Select(_definition.Request!)], cancellationToken).ConfigureAwait(false);
    }

    // While two generations answer at once, the cached binding may change hands; each caller still uses the one of its own generation.
    private PredictorBinding<TIn, TOut> Bind(ModelGeneration generation)
    {
        var binding = _binding;
        if (binding is null || !ReferenceEquals(binding.Generation, generation))
        {
            binding = new PredictorBinding<TIn, TOut>(_definition, generation, generation.Signature);
            _binding = binding;
        }

        return binding;
    }

    private void Measure(ModelGeneration generation, int count, long started)
    {
        if (ServingTelemetry.Predictions.Enabled)
        {
            ServingTelemetry.Predictions.Add(count, generation.ModelTag, generation.VersionTag);
        }

        if (ServingTelemetry.Duration.Enabled)
        {
            ServingTelemetry.Duration.Record(_hosts.Time.GetElapsedTime(started).TotalSeconds, generation.ModelTag, generation.VersionTag);
        }
    }

    private Exception Failed(Exception error)
    {
        ServingTelemetry.Failures.Add(1, new KeyValuePair<string, object?>("mlops.model", _host.Reference.Name));
        return error;
    }
}
