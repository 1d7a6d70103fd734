using System.Globalization;

namespace MlOps.Reports.Rendering;

/// <summary>Round ticks (1, 2 or 5 times a power of ten) for any range: constant, tiny, huge or not finite.</summary>
internal static class AxisTicks
{
    private const double Largest = 1e300;
    private const double Smallest = 1e-290;
    private const double FinestShare = 1e-9;

    /// <summary>An axis that starts and ends at a tick and holds the whole range: for values.</summary>
    public static AxisScale Covering(double min, double max, int target)
    {
        (min, max) = Widen(min, max);
        var (mantissa, exponent) = Step((max - min) / Math.Max(2, target));
        var step = Multiple(1, mantissa, exponent);
        var first = Math.Floor(min / step);
        var last = Math.Ceiling(max / step);
        while (Multiple(first, mantissa, exponent) > min)
        {
            first--;
        }

        while (Multiple(last, mantissa, exponent) < max)
        {
            last++;
        }

        var ticks = new List<double>();
        for (var index = first; index <= last; index++)
        {
            ticks.Add(Multiple(index, mantissa, exponent));
        }

        return new AxisScale(ticks[0], ticks[^1], ticks, Labels(ticks, step));
    }

    /// <summary>An axis of exactly the range, with the ticks that lie inside: for places.</summary>
    public static AxisScale Within(double min, double max, int target)
    {
        (min, max) = Widen(min, max);
        var (mantissa, exponent) = Step((max - min) / Math.Max(2, target));
        var step = Multiple(1, mantissa, exponent);
        var ticks = new List<double>();
        for (var index = Math.Floor(min / step); index <= Math.Ceiling(max / step); index++)
        {
            var tick = Multiple(index, mantissa, exponent);
            if (tick >= min && tick <= max)
            {
                ticks.Add(tick);
            }
        }

        return new AxisScale(min, max, ticks, Labels(ticks, step));
    }

    private static (double Min, double Max) Widen(double min, double max)
    {
        if (!double.IsFinite(min) || !double.IsFinite(max))
        {
            return (0, 1);
        }

        (min, max) = (Math.Clamp(Math.Min(min, max), -Largest, Largest), Math.Clamp(Math.Max(min, max), -Largest, Largest));
        var size = Math.Max(Math.Abs(min), Math.Abs(max));
        if (size < Smallest)
        {
            return (min < 0 ? -1 : 0, 1);
        }

        if (max - min >= size * FinestShare)
        {
            return (min, max);
        }

        // Closer together than a double can tick: a constant gets room around it, a near-constant as much as is needed.
        var room = size * (min == max ? 0.1 : FinestShare);
        return (min - room, max + room);
    }

    private static (double Mantissa, int Exponent) Step(double raw)
    {
        var exponent = (int)Math.Floor(Math.Log10(raw));
        var mantissa = Math.Exp(Math.Log(raw) - (exponent * Math.Log(10)));
        return mantissa switch
        {
            <= 1.5 => (1, exponent),
            <= 3 => (2, exponent),
            <= 7 => (5, exponent),
            _ => (1, exponent + 1),
        };
    }

    // Divides by a whole power of ten where it can: 3 / 10 is the double next to 0.3, 3 * 0.1 is not.
    private static double Multiple(double index, double mantissa, int exponent) => exponent < 0
        ? index * mantissa / Math.Pow(10, -exponent)
        : index * mantissa * Math.Pow(10, exponent);

    private static List<string> Labels(List<double> ticks, double step)
    {
        var largest = ticks.Count == 0 ? 0 : ticks.Max(Math.Abs);
        if (largest >= 1e13 || (largest > 0 && largest < 1e-4))
        {
            var digits = Math.Clamp((int)Math.Ceiling(Math.Log10(largest / step)), 0, 15);
            var format = "0." + new string('#', digits) + "e+0";
            return [.. ticks.Select(tick => tick == 0 ? "0" : tick.ToString(format, CultureInfo.InvariantCulture))];
        }

        var (divisor, suffix) = largest switch
        {
            >= 1e9 => (1e9, "B"),
            >= 1e6 => (1e6, "M"),
            >= 1e4 => (1e3, "k"),
            _ => (1d, ""),
        };
        if (step < divisor / 100)
        {
            (divisor, suffix) = (1, "");
        }

        var decimals = Math.Clamp((int)-Math.Floor(Math.Log10(step / divisor) + 1e-9), 0, 15);
        return [.. ticks.Select(tick => tick == 0 ? "0" : (tick / divisor).ToString("N" + decimals, CultureInfo.InvariantCulture) + suffix)];
    }
}
