using System.Globalization;

namespace MlOps.Tracking;

/// <summary>The machine, and what .NET does not say of this process, as Linux tells in <c>/proc</c>.</summary>
internal sealed class LinuxSource : ISystemMetricSource
{
    private (long Busy, long All) _processors = Read("/proc/stat", Processors);

    public ValueTask ReadAsync(List<KeyValuePair<string, double>> values, CancellationToken cancellationToken)
    {
        var processors = Read("/proc/stat", Processors);
        if (processors.All > _processors.All)
        {
            values.Add(new(
                "system/cpu_utilization_percentage", 100.0 * (processors.Busy - _processors.Busy) / (processors.All - _processors.All)));
        }

        _processors = processors;
        if (Read("/proc/meminfo", Memory) is { Total: > 0 } memory)
        {
            var used = memory.Total - memory.Available;
            values.Add(new("system/system_memory_usage_megabytes", used * 1024 / 1e6));
            values.Add(new("system/system_memory_usage_percentage", 100.0 * used / memory.Total));
        }

        if (Read("/proc/self/status", static text => Field(text, "Threads:")) is > 0 and var threads)
        {
            values.Add(new("system/process_threads", threads));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The ticks of all processors, and those of them that were not idle or waiting for a disk.</summary>
    internal static (long Busy, long All) Processors(string stat)
    {
        // cpu user nice system idle iowait irq softirq steal guest guest_nice; the guests' time is in user and nice already.
        var line = stat.AsSpan(0, Math.Max(0, stat.IndexOf('\n', StringComparison.Ordinal)));
        long all = 0, idle = 0;
        var field = -1;
        foreach (var range in line.Split(' '))
        {
            if (line[range] is { IsEmpty: false } text && ++field is > 0 and <= 8
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
            {
                all += ticks;
                idle += field is 4 or 5 ? ticks : 0;
            }
        }

        return (all - idle, all);
    }

    /// <summary>The machine's memory in KiB: all, and what could be had without swapping.</summary>
    internal static (long Total, long Available) Memory(string memory) => (Field(memory, "MemTotal:"), Field(memory, "MemAvailable:"));

    private static long Field(string text, string name)
    {
        var start = text.IndexOf(name, StringComparison.Ordinal);
        if (start < 0)
        {
            return 0;
        }

        var rest = text.AsSpan(start + name.Length);
        var end = rest.IndexOf('\n');
        var value = (end < 0 ? rest : rest[..end]).Trim();
        var blank = value.IndexOf(' ');
        return long.TryParse(blank < 0 ? value : value[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private static T? Read<T>(string file, Func<string, T> parse)
    {
        try
        {
            return parse(File.ReadAllText(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
