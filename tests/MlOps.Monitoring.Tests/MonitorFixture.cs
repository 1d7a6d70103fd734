using Microsoft.Extensions.DependencyInjection;
using MlOps.Features;
using MlOps.Registry;
using MlOps.Statistics;
using MlOps.Storage;

namespace MlOps.Monitoring.Tests;

/// <summary>A monitor over stores in memory and a calibrated model whose score is its input <c>x</c>.</summary>
internal sealed class MonitorFixture : IMlOpsBuilder
{
    public const string Model = "delays";
    public static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Names = ["x", "carrier"];
    private readonly FixedRegistry _registry = new();

    public IServiceCollection Services { get; } = new ServiceCollection();

    public ServiceProvider Build(Action<ModelMonitorOptions>? configure = null)
    {
        Services.AddSingleton<IModelRegistry>(_registry);
        this.UseInMemoryStores().AddMonitor(Model, configure);
        return Services.BuildServiceProvider();
    }

    public async Task AddVersionAsync(ServiceProvider services, int number, double logLoss, bool withBaseline = true)
    {
        var files = new List<StoredFile>();
        if (withBaseline)
        {
            var rows = Rows(new Random(1000 + number), Day, 5000, number, "b").Select(row => row.Prediction).ToList();
            var scores = rows.Select(row => row.Score).ToArray();
            var baseline = new FittedBaseline(
            [
                new("x", FittedReference.FitNumeric(scores)),
                new("carrier", FittedReference.FitCategorical(rows.Select(row => row.Inputs[1].AsText()))),
                new("prediction", FittedReference.FitNumeric(scores)),
            ]);
            var blob = await services.GetRequiredService<IBlobStore>()
                .PutAsync(new MemoryStream(baseline.ToArray()), TestContext.Current.CancellationToken);
            files.Add(StoredFile.Create(ModelPackage.BaselinePath, blob));
        }

        _registry.Versions.Add(new ModelVersion
        {
            Name = Model,
            Number = number,
            Hash = ContentHash.Of([(byte)number]),
            CreatedAt = Day,
            Metrics = new Dictionary<string, double> { ["log_loss"] = logLoss },
            Package = new ModelPackage
            {
                Flavor = "test",
                EntryPoint = "model",
                Files = files,
                Signature = new ModelSignature { Inputs = [], Outputs = [] },
            },
        });
    }

    /// <summary>Rows spread over a day whose label comes true with the probability of the score.</summary>
    public static List<(PredictionRecord Prediction, OutcomeRecord Outcome)> Rows(
        Random random, DateTimeOffset start, int count, int version, string prefix, double shift = 0, bool flipLabels = false)
    {
        var rows = new List<(PredictionRecord, OutcomeRecord)>(count);
        for (var i = 0; i < count; i++)
        {
            var score = Math.Clamp(0.1 + (0.5 * random.NextDouble()) + shift, 0.01, 0.99);
            var late = random.NextDouble() < score != flipLabels;
            var id = $"{prefix}-{start:yyyyMMdd}-{i}";
            var prediction = new PredictionRecord
            {
                Id = id,
                Model = Model,
                ModelVersion = version,
                Timestamp = start + (TimeSpan.FromDays(1) * ((double)i / count)),
                InputNames = Names,
                Inputs = [FeatureValue.Of(score), FeatureValue.Of(random.Next(3) == 0 ? "AA" : "BB")],
                Score = score,
            };
            rows.Add((prediction, new OutcomeRecord(id, late ? 1 : 0)));
        }

        return rows;
    }

    public static async Task ServeAsync(IModelMonitor monitor, List<(PredictionRecord Prediction, OutcomeRecord Outcome)> rows)
    {
        foreach (var (prediction, _) in rows)
        {
            monitor.Record(prediction);
        }

        var joined = await monitor.RecordOutcomesAsync(Model, [.. rows.Select(row => row.Outcome)], TestContext.Current.CancellationToken);
        Assert.Equal(rows.Count, joined);
    }
}
