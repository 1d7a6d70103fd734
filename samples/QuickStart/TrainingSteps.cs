using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Transforms;
using MlOps;
using MlOps.Data;
using MlOps.Features;
using MlOps.MicrosoftML;
using MlOps.Pipelines;
using MlOps.Registry;
using MlOps.Serving;
using MlOps.Statistics;
using MlOps.Tracking;

namespace QuickStart;

/// <summary>From a data version to a judged model: the pipeline that makes the first version and every later one.</summary>
internal sealed class TrainingSteps(Workspace workspace)
{
    public const string Model = "flight-delays";
    public const string Champion = "champion";
    public const string ChampionReference = "models:/flight-delays@champion";

    /// <summary>Chosen before anything was trained, and never tuned to get a promotion.</summary>
    private const string Metric = "log_loss";

    private static readonly PromotionPolicy _policy = new(new PairedLossGate(Metric) { Alpha = 0.05, Seed = 1 });

    private readonly IModelScorer _scorer = workspace.Service<IModelScorer>();

    /// <summary>The run that trainings are nested in; not part of any cache key.</summary>
    public RunId? Parent { get; set; }

    public Pipeline<TrainingRequest, TrainingOutcome> Define() => Pipeline.Define<TrainingRequest, TrainingOutcome>(
        "train-flight-delays",
        TrainingJson.Default,
        pipeline =>
        {
            var data = pipeline.Step("validate", ValidateAsync, pipeline.Input);
            var table = pipeline.Step("features", BuildFeaturesAsync, data);
            var model = pipeline.Step("train", TrainAsync, pipeline.Input, table);
            return pipeline.Step("gate", GateAsync, pipeline.Input, data, table, model);
        });

    private async Task<ValidatedData> ValidateAsync(StepContext context, TrainingRequest request)
    {
        var flights = await workspace.Data.OpenAsync(request.Data, context.CancellationToken);
        var report = await FlightChecks.Checks.RunAsync(flights, context.CancellationToken);
        var (good, bad) = report.Quarantine();
        var clean = await workspace.Data.AddAsync("flights-clean", good, $"{request.Data} without the rows that failed a check");
        var quarantined = await bad.CountAsync(context.CancellationToken);
        var quarantine = quarantined == 0
            ? null
            : await workspace.Data.AddAsync("flights-quarantine", bad, $"the rows of {request.Data} that failed a check");
        return new ValidatedData(
            request.From, report.RowCount, quarantined, clean.Version.Reference, quarantine?.Version.Reference, report.ToText());
    }

    private async Task<Dataset> BuildFeaturesAsync(StepContext context, ValidatedData data)
    {
        var flights = await workspace.Data.OpenAsync(data.Clean, context.CancellationToken);
        return await workspace.Features.GetHistoricalAsync(
            new HistoricalFeatureRequest
            {
                // The first week only fills the longest window.
                Spine = flights.Where("date", data.From.AddDays(7), DateTimeOffset.MaxValue),
                EventTime = "date",
                Features = FlightFeatures.DelayModel,
                Sources = { [FlightFeatures.Arrivals] = flights },
                KeepColumns = ["date", "late"],
            },
            context.CancellationToken);
    }

    private async Task<TrainedModel> TrainAsync(StepContext context, TrainingRequest request, Dataset table)
    {
        var cancellationToken = context.CancellationToken;
        var (train, holdout) = table.SplitByTime("date", request.HoldoutFrom);
        await using var run = await workspace.Tracking.StartRunAsync(
            Model,
            new RunOptions { Name = $"train on {request.Data}", Parent = Parent, Seeds = new Dictionary<string, long> { ["ml"] = request.Seed } },
            cancellationToken);
        run.LogInput("training", (await workspace.Data.FindAsync(request.Data, cancellationToken))!);
        run.LogParameter("holdout_from", request.HoldoutFrom);
        run.LogParameter("features", FlightFeatures.DelayModel.Name);

        var ml = new MLContext(request.Seed);
        var trainView = await train.ToDataViewAsync(ml, cancellationToken: cancellationToken);
        var holdoutView = await holdout.ToDataViewAsync(ml, cancellationToken: cancellationToken);
        // FastTree leaves out rows with a missing value; a window without arrivals has no share, and that is worth knowing.
        var estimator = ml.Transforms.Categorical
            .OneHotEncoding([new InputOutputColumnPair("origin_code", "origin"), new InputOutputColumnPair("destination_code", "destination")])
            .Append(ml.Transforms.IndicateMissingValues(
                [new InputOutputColumnPair("origin_missing", "origin_late_share_3h"), new InputOutputColumnPair("route_missing", "route_late_share_7d")]))
            .Append(ml.Transforms.Conversion.ConvertType(
                [new InputOutputColumnPair("origin_missing"), new InputOutputColumnPair("route_missing")], DataKind.Single))
            .Append(ml.Transforms.ReplaceMissingValues(
                [new InputOutputColumnPair("origin_share", "origin_late_share_3h"), new InputOutputColumnPair("route_share", "route_late_share_7d")],
                MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(ml.Transforms.Concatenate(
                "Features",
                "hour", "weekday", "distance", "origin_share", "origin_missing", "route_share", "route_missing", "origin_code", "destination_code"))
            .Append(ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
            {
                LabelColumnName = "late",
                NumberOfTrees = 200,
                NumberOfLeaves = 16,
                MinimumExampleCountPerLeaf = 50,
                LearningRate = 0.05,
                Seed = request.Seed,
            }));
        var model = ml.FitTracked(run, estimator, trainView, holdoutView, labelColumn: "late");

        var package = new ModelPackageBuilder(workspace.Blobs);
        var baseline = await train.FitBaselineAsync(FlightFeatures.DelayModel.Names, cancellationToken);
        await package.AddFileAsync(ModelPackage.BaselinePath, baseline.ToArray(), cancellationToken);
        var logged = await run.LogModelAsync(
            ml, model, trainView.Schema, package, inputs: FlightFeatures.DelayModel.Names, outputs: ["Probability"], cancellationToken);
        var labels = await train.ReadNumbersAsync("late", cancellationToken);
        return new TrainedModel(run.Info.Id.Value, logged, labels.Length, labels.Average());
    }

    private async Task<TrainingOutcome> GateAsync(
        StepContext context, TrainingRequest request, ValidatedData data, Dataset table, TrainedModel trained)
    {
        var cancellationToken = context.CancellationToken;
        var (_, holdout) = table.SplitByTime("date", request.HoldoutFrom);
        var late = (await holdout.ReadNumbersAsync("late", cancellationToken)).Select(value => value != 0).ToArray();
        var days = (await holdout.ReadTimesAsync("date", cancellationToken))
            .Select(date => (int)(date!.Value - request.HoldoutFrom).TotalDays).ToArray();

        var run = await workspace.Tracking.FindRunAsync(new RunId(trained.Run), cancellationToken);
        var version = await workspace.Registry.RegisterAsync(
            new ModelRegistration
            {
                Name = Model,
                Package = trained.Package,
                Lineage = new ModelLineage
                {
                    Run = new RunId(trained.Run),
                    DataVersions = [request.Data],
                    FeatureService = FlightFeatures.DelayModel.Name,
                    GitCommit = run?.Snapshot.GitCommit,
                },
                Metrics = run?.Metrics.Where(metric => metric.Key is "log_loss" or "auc")
                    .ToDictionary(metric => metric.Key, metric => metric.Value.Value) ?? [],
            },
            cancellationToken);

        var candidate = await LossesAsync(version.Number);
        var incumbent = request.Incumbent is { } number
            ? await LossesAsync(number)
            : LossesOf([.. late.Select(_ => trained.LateShare)]);
        var decision = await workspace.Registry.PromoteAsync(
            new PromotionCandidate
            {
                Version = version,
                Incumbent = request.Incumbent,
                Baseline = request.Incumbent is null ? "the training data's share of late flights" : null,
                Losses = new PairedLosses { Metric = Metric, Candidate = candidate, Incumbent = incumbent, Blocks = days },
            },
            _policy,
            Champion,
            cancellationToken);
        return new TrainingOutcome(
            version.Number,
            decision.Approved,
            decision.Gates[0].Reason,
            candidate.Average(),
            incumbent.Average(),
            decision.Gates[0].Evidence["p_one_sided"],
            data);

        async Task<double[]> LossesAsync(int versionNumber)
        {
            var reference = new ModelReference { Name = Model, Number = versionNumber };
            return LossesOf(await _scorer.ScoreAsync(reference, holdout, "Probability", cancellationToken));
        }

        double[] LossesOf(double[] probabilities)
        {
            var losses = new double[probabilities.Length];
            LogLoss.PerRow(probabilities, late, losses);
            return losses;
        }
    }
}
