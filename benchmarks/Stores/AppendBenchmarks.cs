using System.Globalization;
using BenchmarkDotNet.Attributes;
using MlOps.Monitoring;
using MlOps.Tracking;

namespace MlOps.Benchmarks;

/// <summary>Batches of a thousand, each in one transaction: metric points that survive power loss, predictions that survive the process.</summary>
[MemoryDiagnoser]
public class AppendBenchmarks : IDisposable
{
    private const int Batch = 1000;

    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] _names = ["distance", "hour", "origin"];

    private readonly RunEvent[] _events = new RunEvent[Batch];
    private readonly PredictionRecord[] _predictions = new PredictionRecord[Batch];
    private readonly RunId _run = new(new string('a', 32));
    private TemporaryStores _stores = null!;
    private IRunStore _runs = null!;
    private IPredictionLog _log = null!;
    private long _count;
    private long _predicted;

    [ParamsSource(nameof(Databases))]
    public string Database { get; set; } = TemporaryStores.Sqlite;

    public static IEnumerable<string> Databases => TemporaryStores.Databases;

    [GlobalSetup]
    public void Open()
    {
        _stores = new TemporaryStores(Database);
        _runs = _stores.Store<IRunStore>();
        _log = _stores.Store<IPredictionLog>();
        _runs.CreateAsync(
            new RunInfo
            {
                Id = _run,
                Experiment = "e",
                Name = "n",
                Status = RunStatus.Running,
                StartedAt = _start,
                HeartbeatAt = _start,
                Host = "h",
                ProcessId = 1,
            },
            new RunSnapshot
            {
                OperatingSystem = "o",
                Architecture = "a",
                Framework = "f",
                ProcessorCount = 2,
                MemoryBytes = 1,
                Culture = "",
                TimeZone = "UTC",
            }).GetAwaiter().GetResult();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _stores.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Description = "metric point", OperationsPerInvoke = Batch)]
    public void Metrics()
    {
        for (var i = 0; i < Batch; i++)
        {
            _events[i] = RunEvent.Metric("loss", 1.0 / (_count + i + 1), _count + i) with { Timestamp = _start };
        }

        _runs.AppendAsync(_run, _count, _events).GetAwaiter().GetResult();
        _count += Batch;
    }

    [Benchmark(Description = "prediction", OperationsPerInvoke = Batch)]
    public void Predictions()
    {
        for (var i = 0; i < Batch; i++)
        {
            var at = _start.AddSeconds(_predicted++);
            _predictions[i] = new PredictionRecord
            {
                Id = _predicted.ToString("D9", CultureInfo.InvariantCulture),
                Model = "m",
                ModelVersion = 1,
                Timestamp = at,
                InputNames = _names,
                Inputs = [700.0, (double)at.Hour, "ORD"],
                Score = 0.2,
            };
        }

        _log.AppendAsync(_predictions).GetAwaiter().GetResult();
    }
}
