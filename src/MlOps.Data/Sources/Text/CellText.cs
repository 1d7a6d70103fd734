using System.Globalization;
using System.Text;
using Apache.Arrow.Types;

namespace MlOps.Data.Sources.Text;

/// <summary>How UTF-8 text becomes numbers, truth values and times.</summary>
internal static class CellText
{
    private const ulong LargestExact = 1UL << 53;

    private static readonly double[] PowersOf10 =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Microseconds, UTC.</summary>
    public static TimestampType Time { get; } = new(TimeUnit.Microsecond, "UTC");

    public static IArrowType ArrowType(CellType type) => type switch
    {
        CellType.Integer => Int64Type.Default,
        CellType.Number => DoubleType.Default,
        CellType.Boolean => BooleanType.Default,
        CellType.Time => Time,
        CellType.Date => Date32Type.Default,
        _ => StringType.Default,
    };

    public static string Describe(CellType type) => type switch
    {
        CellType.Integer => "a whole number of 64 bits",
        CellType.Number => "a number",
        CellType.Boolean => "true or false",
        CellType.Time => "an ISO 8601 date or time such as 2026-01-31T12:30:00Z",
        CellType.Date => "an ISO 8601 date such as 2026-01-31",
        _ => "text",
    };

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && text[0] == ' ')
        {
            text = text[1..];
        }

        while (!text.IsEmpty && text[^1] == ' ')
        {
            text = text[..^1];
        }

        return text;
    }

    public static bool TryInteger(ReadOnlySpan<byte> text, byte thousands, out long value)
    {
        // Up to 18 digits do not overflow.
        value = 0;
        var start = !text.IsEmpty && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        if (text.Length > start && text.Length - start <= 18)
        {
            for (var i = start; i < text.Length; i++)
            {
                var digit = (uint)(text[i] - '0');
                if (digit > 9)
                {
                    return thousands != 0 && TryWithoutThousands(text, 0, thousands, out var number) && number is >= -9e15 and <= 9e15 && double.IsInteger(number) && (value = (long)number) == number;
                }

                value = (value * 10) + digit;
            }

            value = text[0] == '-' ? -value : value;
            return true;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a number, correctly rounded.</summary>
    /// <remarks>
    /// Digits that make a whole number below 2⁵³, over a power of ten up to 10²², are two exact doubles, and one division rounds correctly
    /// (W. D. Clinger, How to read floating point numbers accurately, 1990). What is longer goes to the framework.
    /// </remarks>
    public static bool TryNumber(ReadOnlySpan<byte> text, byte point, byte thousands, out double value)
    {
        var (at, digits, decimals, mantissa) = (0, 0, 0, 0UL);
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            at = 1;
        }

        for (; at < text.Length && (uint)(text[at] - '0') is <= 9 and var digit; at++, digits++)
        {
            mantissa = (mantissa * 10) + digit;
        }

        if (at < text.Length && text[at] == point)
        {
            for (at++; at < text.Length && (uint)(text[at] - '0') is <= 9 and var digit; at++, digits++, decimals++)
            {
                mantissa = (mantissa * 10) + digit;
            }
        }

        if (at == text.Length && digits is > 0 and <= 19 && mantissa <= LargestExact)
        {
            value = decimals == 0 ? mantissa : mantissa / PowersOf10[decimals];
            value = text[0] == '-' ? -value : value;
            return true;
        }

        return TryLongNumber(text, point, thousands, out value);
    }

    public static bool TryBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = Ascii.EqualsIgnoreCase(text, "true"u8);
        return value || Ascii.EqualsIgnoreCase(text, "false"u8);
    }

    public static bool TryDate(ReadOnlySpan<byte> text, IReadOnlyList<string> formats, out int days)
    {
        if (text.Length == 10 && TryDay(text, out var day))
        {
            days = day;
            return true;
        }

        if (TryFormats(text, formats, out var time) && time.TimeOfDay == TimeSpan.Zero)
        {
            days = (int)((time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay);
            return true;
        }

        days = 0;
        return false;
    }

    /// <summary>Reads a time as microseconds since 1970, UTC.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, IReadOnlyList<string> formats, out long microseconds)
    {
        if (TryIsoTime(text, out var ticks))
        {
            microseconds = Microseconds(ticks);
            return true;
        }

        if (TryFormats(text, formats, out var time))
        {
            microseconds = Microseconds(time.Ticks);
            return true;
        }

        microseconds = 0;
        return false;
    }

    // Ticks before 1970 are cut off towards the past too.
    private static long Microseconds(long ticks)
    {
        var (whole, rest) = Math.DivRem(ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond);
        return rest < 0 ? whole - 1 : whole;
    }

    // yyyy-MM-dd, or that with T or a space, HH:mm, :ss, a fraction of any length, and Z or ±HH:mm.
    private static bool TryIsoTime(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 10 || !TryDay(text[..10], out var day))
        {
            return false;
        }

        ticks = DateTime.UnixEpoch.Ticks + (day * TimeSpan.TicksPerDay);
        text = text[10..];
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length < 6 || text[0] is not ((byte)'T' or (byte)' ') || !TryTwo(text, 1, 23, out var hour) || text[3] != ':' || !TryTwo(text, 4, 59, out var minute))
        {
            return false;
        }

        ticks += (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        text = text[6..];
        if (text.Length >= 3 && text[0] == ':')
        {
            if (!TryTwo(text, 1, 59, out var second))
            {
                return false;
            }

            ticks += second * TimeSpan.TicksPerSecond;
            text = text[3..];
            if (text.Length >= 2 && text[0] == '.')
            {
                var (at, scale) = (1, TimeSpan.TicksPerSecond);
                for (; at < text.Length && (uint)(text[at] - '0') is <= 9 and var digit; at++)
                {
                    scale /= 10;
                    ticks += digit * scale;
                }

                if (at == 1)
                {
                    return false;
                }

                text = text[at..];
            }
        }

        if (text.IsEmpty || (text.Length == 1 && text[0] == 'Z'))
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || !TryTwo(text, 1, 14, out var hours) || text[3] != ':' || !TryTwo(text, 4, 59, out var minutes))
        {
            return false;
        }

        var offset = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        ticks -= text[0] == '+' ? offset : -offset;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    private static bool TryDay(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (text[4] != '-' || text[7] != '-' || !TryTwo(text, 0, 99, out var century) || !TryTwo(text, 2, 99, out var rest) || !TryTwo(text, 5, 12, out var month) || !TryTwo(text, 8, 31, out var day))
        {
            return false;
        }

        var year = (century * 100) + rest;
        if (year == 0 || month == 0 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        days = new DateOnly(year, month, day).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return true;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, int at, int largest, out int value)
    {
        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9 && value <= largest;
    }

    private static bool TryFormats(ReadOnlySpan<byte> text, IReadOnlyList<string> formats, out DateTime time)
    {
        time = default;
        if (formats.Count == 0 || text.Length > 64)
        {
            return false;
        }

        Span<char> characters = stackalloc char[64];
        if (!Encoding.UTF8.TryGetChars(text, characters, out var length))
        {
            return false;
        }

        foreach (var format in formats)
        {
            if (DateTime.TryParseExact(characters[..length], format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryLongNumber(ReadOnlySpan<byte> text, byte point, byte thousands, out double value)
    {
        if (point != '.' || thousands != 0)
        {
            return TryWithoutThousands(text, point, thousands, out value);
        }

        // double.Parse takes spaces, which the caller has cut off, and not the "inf" that pandas writes.
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        var sign = !text.IsEmpty && text[0] == '-' ? -1.0 : 1.0;
        value = sign * double.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(!text.IsEmpty && text[0] is (byte)'-' or (byte)'+' ? text[1..] : text, "inf"u8);
    }

    private static bool TryWithoutThousands(ReadOnlySpan<byte> text, byte point, byte thousands, out double value)
    {
        Span<byte> plain = stackalloc byte[512];
        var (length, hasPoint) = (0, false);
        value = 0;
        if (text.Length > plain.Length)
        {
            return false;
        }

        foreach (var character in text)
        {
            if (character == thousands && thousands != 0 && !hasPoint && length > 0)
            {
                continue;
            }

            // A point that separates nothing is no number here.
            if (character == '.' && point != '.')
            {
                return false;
            }

            hasPoint |= character == point;
            plain[length++] = character == point && point != 0 ? (byte)'.' : character;
        }

        return TryNumber(plain[..length], (byte)'.', 0, out value);
    }
}
