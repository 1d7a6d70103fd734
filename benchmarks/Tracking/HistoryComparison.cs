using System.Globalization;
using MlOps.Tracking;

namespace MlOps.Benchmarks;

/// <summary>Reading long histories: thinned out to what a chart needs, between two steps, and whole.</summary>
internal static class HistoryComparison
{
    private const int Rounds = 15;
    private const int WarmUp = 5;

    public static async Task<int> RunAsync()
    {
        Figures.Print($"| history | read | points | ms, median of {Rounds} | slowest | first in the process |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var count in new[] { 1_000_000, 10_000_000 })
        {
            using var folder = new TrackedFolder();
            var run = await AddAsync(folder, Figures.LossCurve(count));
            var reader = folder.Get<IRunReader>();
            var part = new MetricHistoryOptions { MaximumPoints = 1000, FromStep = count / 2, ToStep = (count / 2) + (count / 10) - 1 };
            await MeasureAsync(reader, run, Name(count), "1,000 of all", new MetricHistoryOptions { MaximumPoints = 1000 });
            await MeasureAsync(reader, run, Name(count), "1,000 of a tenth", part);
            await MeasureAsync(reader, run, Name(count), "all", null);
        }

        foreach (var (what, events) in new[]
        {
            ("1,000,000 without steps", Figures.LossCurve(1_000_000)
                .Select(e => RunEvent.Metric(e.Name, e.Number) with { Timestamp = e.Timestamp })),
            ("1,000,000, steps begin anew at 10,000", Figures.LossCurve(1_000_000)
                .Select(e => RunEvent.Metric(e.Name, e.Number, e.Step % 10_000) with { Timestamp = e.Timestamp })),
        })
        {
            using var folder = new TrackedFolder();
            var run = await AddAsync(folder, events);
            await MeasureAsync(folder.Get<IRunReader>(), run, what, "1,000 of all", new MetricHistoryOptions { MaximumPoints = 1000 });
        }

        return 0;
    }

    private static string Name(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static async Task<RunId> AddAsync(TrackedFolder folder, IEnumerable<RunEvent> events)
    {
        var run = await Figures.AddRunAsync(folder.Get<IRunStore>());
        await Figures.AppendAsync(folder.Get<IRunStore>(), run, [.. events], 32_768);
        return run;
    }

    private static async Task MeasureAsync(IRunReader reader, RunId run, string history, string what, MetricHistoryOptions? options)
    {
        var times = new List<double>();
        var points = 0;
        for (var round = 0; round < WarmUp + Rounds; round++)
        {
            times.Add(1000 * await Figures.SecondsAsync(async () => points = (await reader.ReadHistoryAsync(run, "loss", options)).Count));
        }

        var warm = times[WarmUp..];
        Figures.Print($"| {history} | {what} | {points:N0} | {Figures.Median(warm):0.0} | {warm.Max():0.0} | {times[0]:0.0} |");
    }
}
