using System.Diagnostics;
using System.Globalization;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

/// <summary>Runs whose last sign of life is a moment old: only a look at their process can tell that they are lost.</summary>
public sealed class LivenessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_whose_process_was_killed_and_not_waited_for_is_lost_at_once()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("What a killed process leaves behind until its parent waits for it is read from /proc.");
        }

        // The shell turns into a program that never asks for its child.
        using var parent = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]) { RedirectStandardOutput = true })!;
        try
        {
            var child = int.Parse((await parent.StandardOutput.ReadLineAsync(Token))!, CultureInfo.InvariantCulture);
            var start = ProcessStart.Find(child).Start;
            Assert.Equal(RunStatus.Running, await StatusAsync(child, start));

            using (var process = Process.GetProcessById(child))
            {
                process.Kill();
            }

            while (!(await File.ReadAllTextAsync($"/proc/{child}/stat", Token)).Contains(") Z ", StringComparison.Ordinal))
            {
                await Task.Delay(5, Token);
            }

            Assert.Equal(RunStatus.Lost, await StatusAsync(child, start));
        }
        finally
        {
            parent.Kill();
        }
    }

    [Fact]
    public async Task A_run_of_a_living_process_is_running_and_one_of_an_earlier_process_of_its_number_is_lost()
    {
        Assert.Equal(RunStatus.Running, await StatusAsync(Environment.ProcessId, ProcessStart.OfThisProcess));
        Assert.Equal(RunStatus.Running, await StatusAsync(Environment.ProcessId, null));
        Assert.Equal(RunStatus.Lost, await StatusAsync(Environment.ProcessId, "another boot/7"));
    }

    [Fact]
    public async Task A_run_records_when_its_process_started()
    {
        var store = new InMemoryRunStore();
        await using var run = await new ExperimentTracker(store, store, new InMemoryBlobStore()).StartRunAsync("e", cancellationToken: Token);
        Assert.NotNull(run.Info.ProcessStart);
        Assert.Equal(ProcessStart.Find(Environment.ProcessId).Start, run.Info.ProcessStart);
    }

    [Theory]
    [InlineData("7 (a b) c) S 1 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 12345 1 2", true, "boot/12345")]
    [InlineData("7 (a) Z 1 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 12345 1 2", false, null)]
    [InlineData("7 (a) X 1 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 12345 1 2", false, null)]
    [InlineData("7 (Z X) R 1", true, null)]
    [InlineData("", false, null)]
    public void State_and_start_are_read_behind_the_name(string stat, bool exists, string? start) =>
        Assert.Equal((exists, start), ProcessStart.OfStat(stat, "boot"));

    [Theory]
    [InlineData("2026-01-02T03:04:05.0000000Z", "2026-01-02T03:04:09.0000000Z", true)]
    [InlineData("2026-01-02T03:04:05.0000000Z", "2026-01-02T03:04:11.0000000Z", false)]
    [InlineData("boot/100", "boot/101", false)]
    [InlineData("boot/100", null, true)]
    public void Times_may_differ_by_seconds_and_ticks_not_at_all(string one, string? other, bool same)
    {
        Assert.Equal(same, ProcessStart.MayBeSame(one, other));
        Assert.Equal(same, ProcessStart.MayBeSame(other, one));
    }

    private static async Task<RunStatus> StatusAsync(int process, string? start)
    {
        var store = new InMemoryRunStore();
        var now = TimeProvider.System.GetUtcNow();
        var info = new RunInfo
        {
            Id = new RunId(new string('a', 32)),
            Experiment = "e",
            Name = "n",
            Status = RunStatus.Running,
            StartedAt = now,
            HeartbeatAt = now,
            Host = Environment.MachineName,
            ProcessId = process,
            ProcessStart = start,
        };
        await store.CreateAsync(info, TrackerTests.Snapshot(), Token);
        return (await new ExperimentTracker(store, store, new InMemoryBlobStore()).FindRunAsync(info.Id, Token))!.Info.Status;
    }
}
