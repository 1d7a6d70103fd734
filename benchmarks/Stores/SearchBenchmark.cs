using System.Diagnostics;
using System.Globalization;
using MlOps.Tracking;

namespace MlOps.Benchmarks;

/// <summary>
/// Searches over a store of 10,000 and one of 100,000 runs, ten metrics, five parameters and three tags each: the best, the median and the
/// slowest of a hundred calls after the first ten.
/// </summary>
internal static class SearchBenchmark
{
    private const int Calls = 100;
    private const int Warm = 10;

    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, string Filter, string Order, int Limit)[] _searches =
    [
        ("newest 100", "", "", 100),
        ("newest 1,000", "", "", 1000),
        ("metric filter, ordered by the same metric", "metrics.m0 > 0.5", "metrics.m0 DESC", 100),
        ("metric filter, ordered by another metric", "metrics.m1 > 0.5", "metrics.m0 DESC", 100),
        ("metric filter that 1 % pass, ordered by another metric", "metrics.m1 > 0.99", "metrics.m0 DESC", 100),
        ("metric filter that 5 % pass, ordered by another metric", "metrics.m1 > 0.95", "metrics.m0 DESC", 100),
        ("metric, parameter and tag filter", "metrics.m0 > 0.5 AND params.p0 = 'v3' AND tags.t0 LIKE 'v1%'", "", 100),
        ("parameter as a number, and OR", "params.p1 < 0.1 OR metrics.m2 < 0.05", "metrics.m2", 100),
        ("summary of a metric, ordered by it", "metrics.m0.min < 0.5", "metrics.m0.min", 100),
        ("no run answers", "metrics.m1 > 2", "metrics.m0 DESC", 100),
        ("no run answers, and no index says so", "params.p1 < -1", "metrics.m0 DESC", 100),
        ("ordered by a parameter, then a metric", "", "params.p0, metrics.m0 DESC", 100),
        ("of one experiment, newest first", "experiment = 'e7'", "", 100),
    ];

    public static async Task RunAsync()
    {
        foreach (var count in new[] { 10_000, 100_000 })
        {
            using var file = new TemporaryStores(TemporaryStores.Sqlite);
            var watch = Stopwatch.StartNew();
            await FillAsync(file.Store<IRunStore>(), count);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} runs, written in {watch.Elapsed.TotalSeconds:0} s"));
            Console.WriteLine("| search | found | best ms | median ms | slowest ms |\n| --- | --- | --- | --- | --- |");
            foreach (var (name, filter, order, limit) in _searches)
            {
                await MeasureAsync(file.Store<IRunReader>(), name, new RunQuery
                {
                    Filter = filter.Length == 0 ? null : RunFilter.Parse(filter),
                    OrderBy = RunOrder.Parse(order),
                    Limit = limit,
                });
            }

            watch.Restart();
            var pages = 0;
            var query = new RunQuery { Limit = 1000 };
            do
            {
                query = query with { PageToken = (await file.Store<IRunReader>().QueryAsync(query)).NextPageToken };
                pages++;
            }
            while (query.PageToken is not null);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pages} pages of 1,000: {watch.Elapsed.TotalMilliseconds:0} ms"));
        }
    }

    private static async Task MeasureAsync(IRunReader reader, string name, RunQuery query)
    {
        var times = new List<double>();
        var found = 0;
        for (var call = 0; call < Warm + Calls; call++)
        {
            var start = Stopwatch.GetTimestamp();
            found = (await reader.QueryAsync(query)).Runs.Count;
            if (call >= Warm)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {found:N0} | {times[0]:0.0} | {times[Calls / 2]:0.0} | {times[^1]:0.0} |"));
    }

    private static async Task FillAsync(IRunStore store, int count)
    {
        var random = new Random(7);
        var snapshot = new RunSnapshot
        {
            OperatingSystem = "o",
            Architecture = "a",
            Framework = "f",
            ProcessorCount = 2,
            MemoryBytes = 1,
            Culture = "",
            TimeZone = "UTC",
        };
        for (var i = 0; i < count; i++)
        {
            var started = _start.AddSeconds(i);
            var id = new RunId(string.Create(CultureInfo.InvariantCulture, $"{i:x12}{random.NextInt64():x20}"));
            await store.CreateAsync(
                new RunInfo
                {
                    Id = id,
                    Experiment = string.Create(CultureInfo.InvariantCulture, $"e{i % 20}"),
                    Name = "n",
                    Status = RunStatus.Finished,
                    StartedAt = started,
                    EndedAt = started.AddSeconds(random.Next(100)),
                    HeartbeatAt = started,
                    Host = "h",
                    ProcessId = 1,
                },
                snapshot);
            var events = new List<RunEvent>();
            for (var metric = 0; metric < 10; metric++)
            {
                events.Add(RunEvent.Metric(Name('m', metric), random.NextDouble()) with { Timestamp = started });
            }

            events.Add(RunEvent.Parameter("p0", Name('v', random.Next(10))));
            events.Add(RunEvent.Parameter("p1", random.NextDouble().ToString(CultureInfo.InvariantCulture)));
            for (var value = 2; value < 5; value++)
            {
                events.Add(RunEvent.Parameter(Name('p', value), Name('v', random.Next(1000))));
            }

            for (var tag = 0; tag < 3; tag++)
            {
                events.Add(RunEvent.Tag(Name('t', tag), Name('v', random.Next(100))));
            }

            await store.AppendAsync(id, 0, events.ToArray());
        }
    }

    private static string Name(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");
}
