namespace MlOps.Data.Writing;

/// <summary>Writes times by ISO 8601, in UTC.</summary>
internal static class WrittenTime
{
    /// <summary>Writes a day, or a time with as many decimals as it has.</summary>
    public static void Add(Utf8Output output, long ticks, bool withTime)
    {
        var time = new DateTime(ticks, DateTimeKind.Utc);
        var target = output.Reserve(28);
        Digits(target, 0, 4, time.Year);
        target[4] = (byte)'-';
        Digits(target, 5, 2, time.Month);
        target[7] = (byte)'-';
        Digits(target, 8, 2, time.Day);
        if (!withTime)
        {
            output.Advance(10);
            return;
        }

        target[10] = (byte)'T';
        Digits(target, 11, 2, time.Hour);
        target[13] = (byte)':';
        Digits(target, 14, 2, time.Minute);
        target[16] = (byte)':';
        Digits(target, 17, 2, time.Second);
        var length = 19;
        if (ticks % TimeSpan.TicksPerSecond is var fraction && fraction != 0)
        {
            target[19] = (byte)'.';
            Digits(target, 20, 7, (int)fraction);
            length = 27;
            while (target[length - 1] == '0')
            {
                length--;
            }
        }

        target[length] = (byte)'Z';
        output.Advance(length + 1);
    }

    private static void Digits(Span<byte> target, int start, int count, int value)
    {
        for (var i = start + count - 1; i >= start; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            target[i] = (byte)('0' + digit);
        }
    }
}
