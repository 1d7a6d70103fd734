using System.Globalization;

namespace MlOps.Tracking;

/// <summary>Tells a run that is at work from one whose process died.</summary>
internal static class RunLiveness
{
    /// <summary>Why a run counts as lost; null when it ended or is at work.</summary>
    public static string? WhyLost(RunInfo run, DateTimeOffset now, TimeSpan lostAfter)
    {
        if (run.Status != RunStatus.Running)
        {
            return null;
        }

        if (string.Equals(run.Host, Environment.MachineName, StringComparison.OrdinalIgnoreCase) && !IsProcessOf(run))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Its process {run.ProcessId} on {run.Host} is gone; the last sign of life was at {run.HeartbeatAt:u}. What was flushed is there.");
        }

        return now - run.HeartbeatAt > lostAfter
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"No sign of life from process {run.ProcessId} on {run.Host} since {run.HeartbeatAt:u}. What was flushed is there.")
            : null;
    }

    private static bool IsProcessOf(RunInfo run)
    {
        var (exists, start) = ProcessStart.Find(run.ProcessId);
        return exists && ProcessStart.MayBeSame(start, run.ProcessStart);
    }
}
