namespace MlOps.Data.Profiles;

/// <summary>Counts how often each number came, while there are few different ones: a few nanoseconds a number.</summary>
internal sealed class NumberTally
{
    /// <summary>How many different numbers are counted at the most.</summary>
    public const int Limit = 4096;

    private const int Bits = 13;
    private readonly Slot[] _slots = new Slot[1 << Bits];

    public int Distinct { get; private set; }

    /// <summary>Counts numbers, passing NaN over, until one would be a different one too many; gives how many it took.</summary>
    public int Add(ReadOnlySpan<double> values)
    {
        var slots = _slots;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (double.IsNaN(value))
            {
                continue;
            }

            // Adding 0 makes both zeros one.
            var key = BitConverter.DoubleToUInt64Bits(value + 0.0);
            for (var at = (int)((key * 0x9E3779B97F4A7C15) >> (64 - Bits)); ; at = (at + 1) & ((1 << Bits) - 1))
            {
                ref var slot = ref slots[at];
                if (slot.Key == key && slot.Count > 0)
                {
                    slot.Count++;
                    break;
                }

                if (slot.Count == 0)
                {
                    if (Distinct == Limit)
                    {
                        return i;
                    }

                    slot = new Slot { Key = key, Count = 1 };
                    Distinct++;
                    break;
                }
            }
        }

        return values.Length;
    }

    /// <summary>The numbers seen, in no order, and how often each came.</summary>
    public (double[] Values, long[] Counts) Counted()
    {
        var values = new double[Distinct];
        var counts = new long[Distinct];
        var at = 0;
        foreach (var slot in _slots)
        {
            if (slot.Count > 0)
            {
                (values[at], counts[at++]) = (BitConverter.UInt64BitsToDouble(slot.Key), slot.Count);
            }
        }

        return (values, counts);
    }

    private struct Slot
    {
        public ulong Key;
        public long Count;
    }
}
