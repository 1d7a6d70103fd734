using System.Globalization;
using MlOps.Tracking;

namespace MlOps.Faults;

/// <summary>A training that is killed without notice at a random moment; some end before.</summary>
internal static class KilledTraining
{
    private const int MostSteps = 40_000;
    private const int MostMilliseconds = 2_500;
    private static int _ended;
    private static int _early;
    private static long _confirmed;

    /// <summary>What became of the trainings so far.</summary>
    public static string Summary => string.Create(
        CultureInfo.InvariantCulture, $"; {_ended} ended before, {_early} had no run yet; {_confirmed:N0} points were confirmed");

    public static async Task<string?> RunAsync(string folder, Random random)
    {
        using var training = Training.Start(folder, random.Next(1, MostSteps));
        var kill = KillAsync(random.Next(MostMilliseconds));
        var run = await training.StandardOutput.ReadLineAsync();
        var confirmed = 0;
        while (await training.StandardOutput.ReadLineAsync() is { } line)
        {
            // A line that was cut off by the end of the process confirms nothing.
            confirmed = int.TryParse(line, CultureInfo.InvariantCulture, out var count) && count % 100 == 0 ? Math.Max(confirmed, count) : confirmed;
        }

        await training.WaitForExitAsync();
        await kill;
        if (run is not { Length: 32 })
        {
            _early++;
            return null;
        }

        _ended += training.ExitCode == 0 ? 1 : 0;
        _confirmed += confirmed;
        return await Training.ProblemAsync(folder, run, confirmed, training.ExitCode == 0 ? [RunStatus.Finished] : [RunStatus.Lost, RunStatus.Finished]);

        async Task KillAsync(int milliseconds)
        {
            await Task.Delay(milliseconds);
            training.Kill();
        }
    }
}
