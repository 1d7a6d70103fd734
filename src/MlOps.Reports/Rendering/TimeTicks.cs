using System.Globalization;

namespace MlOps.Reports.Rendering;

/// <summary>Ticks at round instants of UTC, given and returned in seconds since 1970.</summary>
internal static class TimeTicks
{
    private const double Day = 86400;
    private const double Earliest = -62135596800;
    private const double Latest = 253402300799;
    private static readonly double[] Steps =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, Day, 2 * Day, 7 * Day, 14 * Day];

    private static readonly int[] Months = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000];

    public static DateTimeOffset ToTime(double seconds) => double.IsNaN(seconds)
        ? DateTimeOffset.UnixEpoch
        : DateTimeOffset.UnixEpoch.AddSeconds(Math.Clamp(seconds, Earliest, Latest));

    /// <summary>An axis of exactly the range; a single instant gets half a day on each side.</summary>
    public static AxisScale Within(double min, double max, int target)
    {
        if (!double.IsFinite(min) || !double.IsFinite(max))
        {
            (min, max) = (0, Day);
        }

        (min, max) = (Math.Clamp(Math.Min(min, max), Earliest, Latest), Math.Clamp(Math.Max(min, max), Earliest, Latest));
        if (max - min < 1e-3)
        {
            (min, max) = (Math.Max(Earliest, min - (Day / 2)), Math.Min(Latest, max + (Day / 2)));
        }

        target = Math.Max(2, target);
        if (max - min < target)
        {
            var fine = AxisTicks.Within(min, max, target);
            return fine with { Labels = [.. fine.Ticks.Select(tick => Format(tick, "HH:mm:ss.fff"))] };
        }

        var step = Array.Find(Steps, candidate => (max - min) / candidate <= target);
        return step > 0 ? Even(min, max, step) : Calendar(min, max, target);
    }

    /// <summary>The days that the axis spans, for its caption.</summary>
    public static string Span(double min, double max)
    {
        var (first, last) = (Format(min, "yyyy-MM-dd"), Format(max, "yyyy-MM-dd"));
        return first == last ? $"{first} (UTC)" : $"{first} to {last} (UTC)";
    }

    private static AxisScale Even(double min, double max, double step)
    {
        // Weeks start on a Monday: 1970-01-05 was one.
        var origin = step >= 7 * Day ? 4 * Day : 0;
        var ticks = new List<double>();
        for (var tick = origin + (Math.Ceiling((min - origin) / step) * step); tick <= max; tick += step)
        {
            ticks.Add(tick);
        }

        return new AxisScale(min, max, ticks, [.. ticks.Select(tick => Format(tick, step switch
        {
            < 60 => "HH:mm:ss",
            < Day when tick % Day != 0 => "HH:mm",
            _ => "d MMM",
        }))]);
    }

    private static AxisScale Calendar(double min, double max, int target)
    {
        var months = Array.Find(Months, candidate => (max - min) / (candidate * 30.4 * Day) <= target);
        months = months == 0 ? Months[^1] : months;
        var start = ToTime(min);
        var ticks = new List<double>();
        for (var month = (start.Year - 1) * 12 / months * months; month < 9999 * 12; month += months)
        {
            var tick = (new DateTimeOffset((month / 12) + 1, (month % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero) - DateTimeOffset.UnixEpoch).TotalSeconds;
            if (tick > max)
            {
                break;
            }

            if (tick >= min)
            {
                ticks.Add(tick);
            }
        }

        return new AxisScale(min, max, ticks, [.. ticks.Select(tick => Format(tick, months < 12 ? "MMM yyyy" : "yyyy"))]);
    }

    private static string Format(double seconds, string format) => ToTime(seconds).ToString(format, CultureInfo.InvariantCulture);
}
