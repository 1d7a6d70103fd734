using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using MlOps;
using MlOps.Data;
using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Registry;
using MlOps.Tracking;
using QuickStart;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

try
{
    return await RunAsync(arguments);
}
catch (MlOpsException error)
{
    Console.Error.WriteLine($"{error.Message} [{error.Code}]");
    return 1;
}

static async Task<int> RunAsync(Arguments arguments)
{
    var trainingStart = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    var servingStart = new DateTimeOffset(2001, 3, 1, 0, 0, 0, TimeSpan.Zero);
    var end = new DateTimeOffset(2001, 7, 1, 0, 0, 0, TimeSpan.Zero);
    var display = new ProgressDisplay();
    using var timings = new Timings();
    // Each run of the program replays the same months: its predictions are watched as a stream of their own.
    var stream = "flight-delays-" + Guid.NewGuid().ToString("N")[..8];

    await using var workspace = Workspace.Open(arguments.Folder, mlops => mlops
        .UseParquet()
        .UseMicrosoftML()
        .AddPredictor<Flight, DelayPrediction>(TrainingSteps.ChampionReference, predictor => predictor
            .WithFeatures(FlightFeatures.DelayModel, flight => flight.ToRequest())
            .Read("Probability", (float probability) => new DelayPrediction(probability))
            .Identify(flight => Simulation.PredictionId(stream, flight), flight => flight.Date)
            .Score(answer => answer.Probability)
            .MonitorAs(stream))
        .AddMonitor(stream, monitor =>
        {
            monitor.RegisteredModel = TrainingSteps.Model;
            monitor.Window = TimeSpan.FromDays(7);
            monitor.Origin = servingStart;
            monitor.OutcomeDelay = TimeSpan.FromDays(1);
            monitor.PerformanceRule!.Metric = "log_loss";
            monitor.PerformanceRule.Tolerance = 0.05;
        }));
    await using var run = await workspace.Tracking.StartRunAsync("quick-start");
    display.Line($"workspace {workspace.Folder}, run {run.Info.Id.Short}");
    foreach (var lost in (await workspace.Tracking.SearchRunsAsync(new RunQuery { Status = RunStatus.Lost, Limit = 3 })).Runs.Select(found => found.Info))
    {
        display.Line($"an earlier run was lost: {lost.Experiment} {lost.Id.Short}, last seen {lost.HeartbeatAt:u}");
    }

    display.Step(1, "January and February become a data version");
    var flights = await timings.MeasureAsync("reading data", () => FlightData.Open(arguments.Data).ToMemoryAsync());
    var history = flights.Where("date", trainingStart, servingStart);
    var added = await workspace.Data.AddAsync("flights", history, "January and February 2001");
    run.LogInput("history", added.Version);
    display.Line($"    {added.Version} {(added.IsNew ? "added" : "recognised: its content is unchanged")}");
    display.Line(Indent((await history.ProfileAsync()).ToText()));

    display.Step(2, "checks, features, training and the gate: one pipeline");
    var training = new TrainingSteps(workspace) { Parent = run.Info.Id };
    var incumbent = await workspace.Registry.FindAsync(ModelReference.Parse(TrainingSteps.ChampionReference));
    var request = new TrainingRequest(
        added.Version.Reference, added.Version.Hash.Value, trainingStart, servingStart.AddDays(-14), Incumbent: null, Seed: 1);
    var result = await workspace.Pipelines.RunAsync(training.Define(), request);
    foreach (var step in result.Steps)
    {
        display.Line($"    {step.Step,-9} {step.Outcome.ToString().ToLowerInvariant(),-9} {step.Duration.TotalSeconds,6:0.00} s  {step.Reason}");
    }

    var first = result.Value;
    display.Line(Indent(first.Data.Report));
    display.Line($"    {first.Data.Quarantined} of {first.Data.Rows} rows set aside as {first.Data.Quarantine ?? "nothing"}; {first.Data.Clean} goes on");
    display.Line($"    v{first.Version}: log loss {first.LogLoss:0.0000} against {first.IncumbentLogLoss:0.0000} of the trivial baseline, p = {first.PValue:0.0000}");
    display.Line($"    {first.Reason}");
    if (incumbent is not null && incumbent.Number != first.Version)
    {
        await workspace.Registry.MoveAliasAsync(
            TrainingSteps.Model, TrainingSteps.Champion, first.Version, incumbent.Number, "the replay starts again with its first version");
    }

    display.Step(3, "March to June arrive day by day");
    var clean = await workspace.Data.OpenAsync(first.Data.Clean);
    var online = workspace.Service<IOnlineStore>();
    foreach (var view in new[] { FlightFeatures.ByOrigin, FlightFeatures.ByRoute })
    {
        // Each run of the program lives through the same months again. Flights still in the air when serving starts come with the rest:
        // no request sees them before they are reported.
        await online.ClearAsync(view.Name);
        await workspace.Features.MaterializeAsync(view, clean, null, servingStart.AddDays(1));
    }

    var arriving = new List<Flight>();
    await foreach (var flight in flights.Where("date", servingStart, end).ReadRowsAsync(Flight.Read))
    {
        arriving.Add(flight);
    }

    var byDay = arriving.ToLookup(flight => flight.Date.Date);
    var simulation = new Simulation(workspace, training, run, flights, stream);
    await display.WalkAsync(servingStart, end.AddDays(1), (day, tell) =>
        simulation.DayAsync(day, [.. byDay[day.Date]], [.. byDay[day.Date.AddDays(-1)]], tell));

    display.Step(4, "what happened");
    var windows = await workspace.Monitoring.ListWindowsAsync(stream);
    var report = MonitoringReport.Create(TrainingSteps.Model, windows, simulation.Events);
    report.Section("Decisions").Table(MlOps.Reports.ReportTable.Of(
        simulation.Decisions,
        ("Day", decision => decision.Day.ToString("d MMM")),
        ("Trigger", decision => decision.Trigger),
        ("Challenger", decision => $"v{decision.Outcome.Version}"),
        ("Its log loss", decision => decision.Outcome.LogLoss),
        ("Champion's", decision => decision.Outcome.IncumbentLogLoss),
        ("p", decision => decision.Outcome.PValue),
        ("Decision", decision => decision.Outcome.Approved
            ? MlOps.Reports.ReportCell.Good("promoted")
            : MlOps.Reports.ReportCell.Warning("refused")),
        ("Why", decision => decision.Outcome.Reason)));
    var path = Path.Combine(Path.GetFullPath(arguments.Folder), "report.html");
    await report.SaveHtmlAsync(path);
    await run.LogFileAsync(path);
    run.LogMetric("predictions", simulation.Predictions);
    run.LogMetric("retrainings", simulation.Decisions.Count);
    run.LogMetric("promotions", simulation.Decisions.Count(decision => decision.Outcome.Approved));
    await run.CompleteAsync();

    Console.WriteLine(report.ToText());
    var champion = await workspace.Registry.FindAsync(ModelReference.Parse(TrainingSteps.ChampionReference));
    Console.WriteLine($"{simulation.Predictions:N0} predictions, {windows.Count} windows, {simulation.Decisions.Count} retrainings; "
        + $"champion is v{champion!.Number}.");
    Console.WriteLine($"Report: {path}");
    if (arguments.Timings)
    {
        timings.Print();
    }

    return 0;
}

static string Indent(string text) => "    " + text.TrimEnd().ReplaceLineEndings(Environment.NewLine + "    ");
