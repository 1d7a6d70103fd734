using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>Tells the monitor of each answer; whatever goes wrong in here is counted and logged, and the answer stands.</summary>
internal sealed class PredictionRecorder<TIn, TOut>
{
    private readonly IModelMonitor _monitor;
    private readonly ModelReference _reference;
    private readonly ModelHosts _hosts;
    private readonly Func<TIn, string> _id;
    private readonly Func<TIn, DateTimeOffset> _eventTime;
    private readonly Func<TOut, double> _score;
    private readonly string _stream;
    private int _logged;

    private PredictionRecorder(
        IModelMonitor monitor,
        ModelReference reference,
        ModelHosts hosts,
        Func<TIn, string> id,
        Func<TIn, DateTimeOffset> eventTime,
        Func<TOut, double> score,
        string stream)
    {
        _monitor = monitor;
        _reference = reference;
        _hosts = hosts;
        _id = id;
        _eventTime = eventTime;
        _score = score;
        _stream = stream;
    }

    public static PredictionRecorder<TIn, TOut>? Create(
        PredictorDefinition<TIn, TOut> definition, ModelReference reference, IModelMonitor? monitor, ModelHosts hosts) =>
        monitor is not null && definition is { Id: { } id, EventTime: { } eventTime, Score: { } score }
            ? new PredictionRecorder<TIn, TOut>(monitor, reference, hosts, id, eventTime, score, definition.Stream ?? reference.Name)
            : null;

    public string? Record(
        TIn input,
        TOut value,
        PredictorBinding<TIn, TOut> binding,
        FeatureVector? vector,
        IModelSession session,
        int row,
        ModelGeneration generation,
        long started)
    {
        try
        {
            var id = _id(input);
            _monitor.Record(new PredictionRecord
            {
                Id = id,
                Model = _stream,
                ModelVersion = generation.Version.Number,
                Timestamp = _eventTime(input),
                InputNames = binding.InputNames,
                Inputs = binding.Snapshot(vector, session, row),
                Score = _score(value),
                Latency = _hosts.Time.GetElapsedTime(started),
            });
            return id;
        }
        catch (Exception error)
        {
            ServingTelemetry.MonitorFailures.Add(1, generation.ModelTag);
            if (Interlocked.Exchange(ref _logged, 1) == 0)
            {
                Log.MonitorFailed(_hosts.Logger, _reference.ToString(), error);
            }

            return null;
        }
    }
}
