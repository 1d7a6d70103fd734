using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MlOps.Tracking;

/// <summary>The runs of this process that have not ended, and what becomes of them when the process ends first.</summary>
/// <remarks>
/// An exit ends them as finished or, with an exit code, as failed; an unhandled exception as failed; a signal as cancelled. A process
/// that dies without notice leaves them to be found lost. A signal may be handled by others: a host shuts down in good order, a script
/// stops its loop. So this neither cancels the signal nor ends the runs for good; it writes them as cancelled before the system ends the
/// process, and as running again where the process is still there a moment later.
/// </remarks>
internal static class OpenRuns
{
    // A host's shutdown in good order takes half a minute at the most, unless it was told otherwise.
    private static readonly TimeSpan SignalCounts = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StillThereAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HoldsFor = TimeSpan.FromSeconds(5);

    private static readonly ConcurrentDictionary<Run, bool> _open = new();
    private static readonly ConcurrentDictionary<Task, bool> _holding = new();
    private static readonly List<PosixSignalRegistration> _signals = [];
    private static string? _signal;
    private static long _signalAt;

    static OpenRuns()
    {
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => OnExit();
        AppDomain.CurrentDomain.UnhandledException += static (_, arguments) => OnUnhandled(arguments.ExceptionObject);
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
        {
            try
            {
                _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
            }
            catch (Exception error) when (error is PlatformNotSupportedException or IOException)
            {
                // Where the system has no such signal, nothing has to be told apart.
            }
        }
    }

    public static void Add(Run run) => _open.TryAdd(run, true);

    public static void Remove(Run run) => _open.TryRemove(run, out _);

    /// <summary>Lets an ordinary end of the process wait, for five seconds at the most, until a task that never fails is done.</summary>
    public static void HoldExit(Task task)
    {
        _holding.TryAdd(task, true);
        task.ContinueWith(
            static done => _holding.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private static void OnExit()
    {
        var (status, failure) = _signal is { } signal && Stopwatch.GetElapsedTime(_signalAt) < SignalCounts
            ? (RunStatus.Cancelled, BySignal(signal))
            : Environment.ExitCode == 0
                ? (RunStatus.Finished, null)
                : (RunStatus.Failed, string.Create(
                    CultureInfo.InvariantCulture, $"The process exited with code {Environment.ExitCode} before the run was completed."));
        ForEach((run, token) => run.EndWithProcessAsync(status, failure, "process_exit", token));
        Task.WaitAll([.. _holding.Keys], HoldsFor);
    }

    private static void OnUnhandled(object exception)
    {
        var failure = exception is Exception error ? Run.Describe(error) : exception.ToString();
        ForEach((run, token) => run.EndWithProcessAsync(RunStatus.Failed, failure, "unhandled_exception", token));
    }

    private static void OnSignal(PosixSignalContext context)
    {
        _signal = context.Signal.ToString();
        _signalAt = Stopwatch.GetTimestamp();
        if (context.Cancel || _open.IsEmpty)
        {
            return;
        }

        var reason = BySignal(_signal);
        ForEach((run, token) => run.MarkCancelledAsync(reason, token));
        _ = GoOnAsync();
    }

    private static async Task GoOnAsync()
    {
        await Task.Delay(StillThereAfter).ConfigureAwait(false);
        foreach (var run in _open.Keys)
        {
            await run.MarkRunningAsync().ConfigureAwait(false);
        }
    }

    // The process ends when the handler returns: it is held until the runs are written, or their time is up.
    private static void ForEach(Func<Run, CancellationToken, Task> end)
    {
        var runs = _open.Keys.ToArray();
        var timeout = runs.Length == 0 ? TimeSpan.Zero : runs.Max(run => run.ExitTimeout);
        if (timeout <= TimeSpan.Zero)
        {
            return;
        }

        using var source = new CancellationTokenSource(timeout);
        var token = source.Token;
        Task.WaitAll([.. runs.Select(run => Task.Run(() => end(run, token), CancellationToken.None))], timeout);
    }

    private static string BySignal(string signal) =>
        signal == nameof(PosixSignal.SIGINT) ? "Ctrl+C (SIGINT) ended the process." : $"{signal} ended the process.";
}
