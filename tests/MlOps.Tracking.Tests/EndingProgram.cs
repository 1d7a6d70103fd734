using System.Diagnostics;
using System.Runtime.InteropServices;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

/// <summary>
/// This test program as another process, which leaves a run open and ends in the way it was asked; its store tells what it is given.
/// </summary>
internal static class EndingProgram
{
    private const string Variable = "MLOPS_TRACKING_TESTS_END_BY";

    /// <summary>Runs it and gives what its store was told.</summary>
    /// <param name="end">How it ends.</param>
    /// <param name="signal">Sent when it says that it is ready; null sends none.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public static async Task<(List<string> Lines, int ExitCode)> RunAsync(string end, string? signal, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(EndingProgram).Assembly.Location);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        cancellationToken = limit.Token;
        start.Environment[Variable] = end;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
            if (line == "ready" && signal == "-KILL")
            {
                process.Kill();
            }
            else if (line == "ready" && signal is not null)
            {
                Process.Start("kill", [signal, $"{process.Id}"]).Dispose();
            }
        }

        await process.WaitForExitAsync(cancellationToken);
        await errors;
        return (lines, process.ExitCode);
    }

    /// <summary>How this process was asked to end; null where it runs the tests.</summary>
    public static string? Asked => Environment.GetEnvironmentVariable(Variable);

    public static async Task EndAsync(string end)
    {
        // As a host would, before the first run starts.
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handled = end is "in good order" or "go on"
            ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                stop.TrySetResult();
            })
            : null;
        var runs = new TellingRunStore();
        var options = new TrackingOptions { MaximumDiffBytes = 0, FlushInterval = TimeSpan.FromMinutes(1) };
        var run = await new ExperimentTracker(runs, runs, new InMemoryBlobStore(), options: options).StartRunAsync("ends");
        run.LogMetric("loss", 1, 7);
        switch (end)
        {
            case "exit":
                Environment.Exit(0);
                break;
            case "exit 3":
                Environment.Exit(3);
                break;
            case "unhandled":
                var thread = new Thread(static () => throw new InvalidDataException("no rows"));
                thread.Start();
                thread.Join();
                break;
            case "in good order":
                Console.WriteLine("ready");
                await stop.Task;
                await run.CompleteAsync();
                Environment.Exit(0);
                break;
            case "go on":
                Console.WriteLine("ready");
                await stop.Task;
                await Task.Delay(TimeSpan.FromSeconds(2));
                Console.WriteLine("went on");
                await run.CompleteAsync();
                Environment.Exit(0);
                break;
            case "hold":
                runs.Hold = new TaskCompletionSource();
                Environment.Exit(0);
                break;
            default:
                Console.WriteLine("ready");
                await Task.Delay(Timeout.Infinite);
                break;
        }
    }

    private sealed class TellingRunStore : IRunStore, IRunReader
    {
        private readonly InMemoryRunStore _inner = new();

        public TaskCompletionSource? Hold { get; set; }

        public Task CreateAsync(RunInfo run, RunSnapshot snapshot, CancellationToken cancellationToken = default) =>
            _inner.CreateAsync(run, snapshot, cancellationToken);

        public async Task AppendAsync(RunId run, long sequence, ReadOnlyMemory<RunEvent> events, CancellationToken cancellationToken = default)
        {
            if (Hold is { } hold)
            {
                await hold.Task;
            }

            await _inner.AppendAsync(run, sequence, events, cancellationToken);
            foreach (var item in events.ToArray())
            {
                Console.WriteLine(item.Kind == RunEventKind.Metric ? $"{item.Name} {item.Step}" : $"{item.Name} {item.Text}");
            }
        }

        public async Task UpdateAsync(RunId run, RunUpdate update, CancellationToken cancellationToken = default)
        {
            await _inner.UpdateAsync(run, update, cancellationToken);
            if (update.Status is { } status)
            {
                Console.WriteLine($"{status}: {update.Failure}");
            }
        }

        public Task<long?> ResumeAsync(RunInfo found, RunInfo resumed, CancellationToken cancellationToken = default) =>
            _inner.ResumeAsync(found, resumed, cancellationToken);

        public Task<RunDetails?> FindAsync(RunId run, CancellationToken cancellationToken = default) => _inner.FindAsync(run, cancellationToken);

        public Task<RunPage> QueryAsync(RunQuery query, CancellationToken cancellationToken = default) =>
            _inner.QueryAsync(query, cancellationToken);

        public Task<IReadOnlyList<MetricPoint>> ReadHistoryAsync(
            RunId run, string metric, MetricHistoryOptions? options = null, CancellationToken cancellationToken = default) =>
            _inner.ReadHistoryAsync(run, metric, options, cancellationToken);
    }
}
