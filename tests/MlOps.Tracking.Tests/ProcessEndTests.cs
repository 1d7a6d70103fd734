using System.Diagnostics;

namespace MlOps.Tracking.Tests;

/// <summary>What a run says that was open when its process ended.</summary>
public sealed class ProcessEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exit_flushes_and_finishes_the_run()
    {
        var (lines, code) = await EndingProgram.RunAsync("exit", null, Token);
        Assert.Equal(0, code);
        Assert.Equal(["loss 7", "mlops.ended_by process_exit", "Finished: "], lines);
    }

    [Fact]
    public async Task An_exit_with_a_code_fails_the_run()
    {
        var (lines, code) = await EndingProgram.RunAsync("exit 3", null, Token);
        Assert.Equal(3, code);
        Assert.Equal("Failed: The process exited with code 3 before the run was completed.", lines[^1]);
    }

    [Fact]
    public async Task An_unhandled_exception_fails_the_run()
    {
        var (lines, code) = await EndingProgram.RunAsync("unhandled", null, Token);
        Assert.NotEqual(0, code);
        Assert.Equal(["loss 7", "mlops.ended_by unhandled_exception", "Failed: System.IO.InvalidDataException: no rows"], lines);
    }

    [Theory]
    [InlineData("-INT", 130, "Cancelled: Ctrl+C (SIGINT) ended the process.")]
    [InlineData("-TERM", 143, "Cancelled: SIGTERM ended the process.")]
    [InlineData("-HUP", 129, "Cancelled: SIGHUP ended the process.")]
    public async Task A_signal_cancels_the_run_and_ends_the_process_as_it_would_without(string signal, int exitCode, string told)
    {
        SkipWithoutSignals();
        var (lines, code) = await EndingProgram.RunAsync("wait", signal, Token);
        Assert.Equal(exitCode, code);
        Assert.Equal(["ready", "loss 7", told], lines);
    }

    [Fact]
    public async Task A_kill_tells_nothing()
    {
        SkipWithoutSignals();
        var (lines, code) = await EndingProgram.RunAsync("wait", "-KILL", Token);
        Assert.Equal(137, code);
        Assert.Equal(["ready"], lines);
    }

    [Fact]
    public async Task A_program_that_shuts_down_in_good_order_at_a_signal_has_the_last_word()
    {
        SkipWithoutSignals();
        var (lines, code) = await EndingProgram.RunAsync("in good order", "-TERM", Token);
        Assert.Equal(0, code);
        Assert.Equal("Finished: ", lines[^1]);
    }

    [Fact]
    public async Task A_run_whose_program_goes_on_after_a_signal_is_running_again()
    {
        SkipWithoutSignals();
        var (lines, _) = await EndingProgram.RunAsync("go on", "-TERM", Token);
        Assert.Equal(["ready", "loss 7", "Cancelled: SIGTERM ended the process.", "Running: ", "went on", "Finished: "], lines);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_holds_the_exit_for_a_bounded_time()
    {
        var started = Stopwatch.GetTimestamp();
        var (lines, _) = await EndingProgram.RunAsync("hold", null, Token);
        Assert.Empty(lines);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 4, 30);
    }

    private static void SkipWithoutSignals()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Signals are sent with kill.");
        }
    }
}
