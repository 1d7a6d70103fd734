using MlOps;
using MlOps.Data;
using MlOps.Monitoring;
using MlOps.Pipelines;
using MlOps.Serving;
using MlOps.Tracking;

namespace QuickStart;

/// <summary>Lets four months arrive day by day: predict, learn what happened, judge, and train again when a rule says so.</summary>
internal sealed class Simulation(Workspace workspace, TrainingSteps training, IRun run, Dataset flights, string stream)
{
    private static readonly TimeSpan _trainingPeriod = TimeSpan.FromDays(60);
    private static readonly TimeSpan _holdout = TimeSpan.FromDays(14);
    private static readonly TimeSpan _coolDown = TimeSpan.FromDays(28);

    private readonly Pipeline<TrainingRequest, TrainingOutcome> _pipeline = training.Define();
    private readonly IPredictor<Flight, DelayPrediction> _predictor = workspace.Service<IPredictor<Flight, DelayPrediction>>();
    private readonly IModelHost _host = workspace.Service<IModelHost>(TrainingSteps.ChampionReference);
    private readonly PriorityQueue<Flight, DateTimeOffset> _inTheAir = new();
    private readonly List<MonitoringEvent> _events = [];
    private DateTimeOffset _lastTraining = DateTimeOffset.MinValue;

    /// <summary>What happened on the way, for the report.</summary>
    public IReadOnlyList<MonitoringEvent> Events => _events;

    /// <summary>The decisions on retraining, in order.</summary>
    public List<(DateTimeOffset Day, string Trigger, TrainingOutcome Outcome)> Decisions { get; } = [];

    public long Predictions { get; private set; }

    /// <summary>One day: its flights are predicted hour by hour, before they depart, yesterday's delays become known, full weeks are judged.</summary>
    public async Task DayAsync(DateTimeOffset day, IReadOnlyList<Flight> departures, IReadOnlyList<Flight> yesterday, Action<string> tell)
    {
        for (var hour = day; hour < day.AddDays(1); hour = hour.AddHours(1))
        {
            await LandAsync(hour);
            var departing = departures.Where(flight => flight.Date >= hour && flight.Date < hour.AddHours(1)).ToList();
            await _predictor.PredictBatchAsync(departing);
            Predictions += departing.Count;
            _inTheAir.EnqueueRange(departing.Select(flight => (flight, flight.Arrived)));
        }

        await workspace.Monitoring.RecordOutcomesAsync(
            stream, [.. yesterday.Select(flight => new OutcomeRecord(PredictionId(stream, flight), flight.IsLate ? 1 : 0))]);
        foreach (var window in await workspace.Monitoring.JudgeAsync(stream, day.AddDays(1)))
        {
            tell($"    {window.Start:d MMM} to {window.End.AddDays(-1):d MMM}: {window.Verdict}");
            if (window.Performance.TryGetValue("log_loss", out var logLoss))
            {
                run.LogMetric("window_log_loss", logLoss, (long)(window.Start - DateTimeOffset.UnixEpoch).TotalDays);
            }

            if (window.Alerts.Count > 0 && window.End - _lastTraining >= _coolDown)
            {
                await RetrainAsync(window, tell);
            }
        }
    }

    public static string PredictionId(string stream, Flight flight) => $"{stream}/{flight.Id}";

    // Flights that have landed by now become features: pushed once an hour, as the feed reports them.
    private async Task LandAsync(DateTimeOffset now)
    {
        var landed = new List<Flight>();
        while (_inTheAir.TryPeek(out _, out var arrived) && arrived <= now)
        {
            landed.Add(_inTheAir.Dequeue());
        }

        if (landed.Count > 0)
        {
            await workspace.Features.PushAsync(
                [FlightFeatures.ByOrigin, FlightFeatures.ByRoute], FlightData.ToDataset("landed flights", landed));
        }
    }

    private async Task RetrainAsync(MonitoringWindow window, Action<string> tell)
    {
        var trigger = string.Join(" and ", window.Alerts.Select(alert => alert.Rule).Distinct());
        // Delays are known up to the day before the window's end.
        var to = window.End.AddDays(-1);
        var recent = flights.Where("date", to - _trainingPeriod, to);
        var data = await workspace.Data.AddAsync("flights", recent, $"the 60 days before {to:yyyy-MM-dd}, for retraining on {trigger}");
        var result = await workspace.Pipelines.RunAsync(
            _pipeline,
            new TrainingRequest(
                data.Version.Reference, data.Version.Hash.Value, to - _trainingPeriod, to - _holdout, _host.Version, Seed: 1));
        var outcome = result.Value;
        _lastTraining = window.End;
        await _host.RefreshAsync();
        Decisions.Add((window.End, trigger, outcome));
        _events.Add(new MonitoringEvent(
            window.End, outcome.Approved ? $"v{outcome.Version} promoted" : $"v{outcome.Version} refused", outcome.Reason));
        tell($"      {trigger}: trained again on {data.Version.Reference}; "
            + $"v{outcome.Version} {(outcome.Approved ? "promoted" : "refused")}: {outcome.Reason}");
    }
}
