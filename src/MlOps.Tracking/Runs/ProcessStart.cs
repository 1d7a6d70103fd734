using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MlOps.Tracking;

/// <summary>Tells a process from a later one that was given its number, as the first process of a restarted container always is.</summary>
internal static class ProcessStart
{
    // Systems other than Linux and Windows give the time as an age, which is subtracted from a clock that may have been set meanwhile.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    private static readonly Lazy<string> _boot = new(() => ReadOrNull("/proc/sys/kernel/random/boot_id")?.Trim() ?? "");

    /// <summary>When this process started; null when the system does not say.</summary>
    public static string? OfThisProcess { get; } = Find(Environment.ProcessId).Start;

    /// <summary>Looks a process up on this machine.</summary>
    /// <returns>
    /// Whether it is there and not merely waiting to be reaped, and when it started: on Linux the boot and the clock ticks since then, which no
    /// setting of the clock changes, elsewhere the time. The start is null when the system does not let it be seen.
    /// </returns>
    public static (bool Exists, string? Start) Find(int processId)
    {
        if (OperatingSystem.IsLinux() && ReadOrNull(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat")) is { } stat)
        {
            return OfStat(stat, _boot.Value);
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited || OperatingSystem.IsLinux()
                ? (!process.HasExited, null)
                : (true, process.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        }
        catch (ArgumentException)
        {
            return (false, null);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return (true, null);
        }
    }

    /// <summary>Whether two starts are of one process; unknown ones may be.</summary>
    public static bool MayBeSame(string? one, string? other) =>
        one is null || other is null || string.Equals(one, other, StringComparison.Ordinal)
        || (TimeOf(one) is { } first && TimeOf(other) is { } second && (first - second).Duration() <= Tolerance);

    /// <summary>Reads a line of <c>/proc/PID/stat</c>: number, name in parentheses, state, and in the twenty-second place the start.</summary>
    internal static (bool Exists, string? Start) OfStat(string stat, string boot)
    {
        // The name may hold blanks and parentheses itself.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [] or ["Z" or "X", ..] ? (false, null) : (true, fields.Length > 19 ? $"{boot}/{fields[19]}" : null);
    }

    private static DateTimeOffset? TimeOf(string start) =>
        DateTimeOffset.TryParseExact(start, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static string? ReadOrNull(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
