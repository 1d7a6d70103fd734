using MlOps.Testing;
using MlOps.Testing.Tests.Flights;

namespace MlOps.Tracking.Tests;

#pragma warning disable xUnit1051 // The document leaves the token out.

/// <summary>What docs/tracking.md shows is what is compiled and run.</summary>
[Collection(nameof(ConsoleTests))]
public sealed class TrackingDocumentTests
{
    private readonly InMemoryRunStore _runs = new();

    public TrackingDocumentTests() => tracker = new ExperimentTracker(_runs, _runs, new InMemoryBlobStore(), options: new TrackingOptions { MaximumDiffBytes = 0 });

    // The name that the document uses.
#pragma warning disable IDE1006
    private ExperimentTracker tracker { get; }
#pragma warning restore IDE1006

    [Theory]
    [InlineData("run")]
    [InlineData("nested")]
    [InlineData("resume")]
    [InlineData("table")]
    [InlineData("dictionary")]
    [InlineData("figure")]
    [InlineData("histogram")]
    [InlineData("system")]
    [InlineData("progress")]
    public void A_block_of_the_document_is_the_code_that_runs(string name) => Assert.Equal(
        Documents.Source(Path.Combine("tests", "MlOps.Tracking.Tests", "TrackingDocumentTests.cs"), name), Documents.Block(name, "tracking.md"));

    [Fact]
    public async Task A_run_is_recorded_and_resumed()
    {
        await RecordAsync();
        var id = (await tracker.SearchRunsAsync()).Runs.Single().Id;
        await ResumeAsync();
        var details = (await tracker.FindRunAsync(id))!;
        Assert.Equal((RunStatus.Finished, 4L), (details.Info.Status, details.Metrics["loss"].Step));

        async Task RecordAsync()
        {
            // snippet: run
            await using var run = await tracker.StartRunAsync("flight-delays");
            run.LogParameter("depth", 6);
            run.SetTag("owner", "ada");
            for (var epoch = 1; epoch <= 3; epoch++)
            {
                run.LogMetric("loss", 1.0 / epoch, epoch);
            }

            await run.LogTextAsync("notes/summary.txt", "Converged after three epochs.");
            // end
        }

        async Task ResumeAsync()
        {
            // snippet: resume
            await using var run = await tracker.ResumeRunAsync(id);
            run.LogMetric("loss", 0.25, step: 4);
            // end
        }
    }

    [Fact]
    public async Task Trials_are_nested()
    {
        // snippet: nested
        await using var search = await tracker.StartRunAsync("flight-delays", new RunOptions { Name = "depths" });
        foreach (var depth in new[] { 4, 6, 8 })
        {
            await using var trial = await tracker.StartNestedRunAsync(search, $"depth {depth}");
            trial.LogParameter("depth", depth);
        }

        // end
        Assert.Equal(3, (await tracker.SearchRunsAsync(new RunQuery { Parent = search.Info.Id })).Runs.Count);
    }

    [Fact]
    public async Task Files_of_each_kind_are_stored_and_read()
    {
        const string svg = "<svg/>";
        var plot = new Plot();
        double[] weights = [-1, 0, 0.5];
        await using var run = await tracker.StartRunAsync("flight-delays");

        // snippet: table
        await run.LogTableAsync(
            "eval/predictions.json",
            ["flight", "delay", "predicted"],
            [["AA 1", 12, 14.5], ["UA 7", null, 3.0]]);
        var table = await tracker.ReadTableAsync(run.Info.Id, "eval/predictions.json");
        Console.WriteLine(table);
        // end
        Assert.Equal("2 rows of flight, delay, predicted", table.ToString());

        // snippet: dictionary
        await run.LogDictionaryAsync("config/model.json", new Dictionary<string, object?>
        {
            ["layers"] = new[] { 64, 32 },
            ["optimizer"] = new Dictionary<string, object?> { ["name"] = "adam", ["rate"] = 1e-3 },
        });
        // end

        // snippet: figure
        await run.LogFigureAsync("plots/roc.svg", svg);
        await run.LogFigureAsync("plots/roc.png", stream => plot.SaveAsync(stream));
        // end

        // snippet: histogram
        await run.LogHistogramAsync("weights/dense", weights, step: 10);
        foreach (var point in await tracker.ReadHistogramsAsync(run.Info.Id, "weights/dense"))
        {
            Console.WriteLine($"{point.Step}: {point.Histogram}");
        }

        // end
        Assert.Equal(5, (await tracker.FindRunAsync(run.Info.Id))!.Artifacts.Count);
    }

    [Fact]
    public async Task Progress_is_reported()
    {
        // snippet: system
        await using var run = await tracker.StartRunAsync("flight-delays", new RunOptions { SystemMetrics = true, CaptureConsole = true });
        // end

        // snippet: progress
        var progress = run.Progress(total: 1000, Console.Error);
        for (var batch = 0; batch < 1000; batch++)
        {
            progress.Advance();
        }

        Console.WriteLine($"{progress.Done} of {progress.Total}, {progress.Remaining} left");
        // end
        Assert.Equal(1000, progress.Done);
    }

    private sealed class Plot
    {
        private readonly byte[] _png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

        public Task SaveAsync(Stream stream) => stream.WriteAsync(_png).AsTask();
    }
}
