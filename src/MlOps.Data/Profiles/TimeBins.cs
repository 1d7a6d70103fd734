namespace MlOps.Data.Profiles;

/// <summary>
/// Counts times in up to 128 bins whose width is a power of two of ticks and doubles when they would not reach: exact, and equal bins of
/// two
/// parts add up exactly.
/// </summary>
internal sealed class TimeBins
{
    public const int Most = 128;
    private long[] _counts = [];

    public TimeBins()
    {
    }

    public TimeBins(int shift, long first, long[] counts)
    {
        (Shift, First, _counts) = (shift, first, counts);
    }

    /// <summary>The base-2 logarithm of a bin's width in ticks.</summary>
    public int Shift { get; private set; }

    /// <summary>The number of the first bin: its first tick is this number times the width.</summary>
    public long First { get; private set; }

    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>Counts times between the given first and last.</summary>
    public void Add(ReadOnlySpan<long> ticks, long first, long last)
    {
        Reach(first, last);
        var (counts, shift, start) = (_counts, Shift, First);
        foreach (var value in ticks)
        {
            counts[(value >> shift) - start]++;
        }
    }

    public void Merge(TimeBins other)
    {
        if (other._counts.Length == 0)
        {
            return;
        }

        Reach(other.First << other.Shift, ((other.First + other._counts.Length) << other.Shift) - 1, other.Shift);
        for (var i = 0; i < other._counts.Length; i++)
        {
            _counts[((other.First + i) >> (Shift - other.Shift)) - First] += other._counts[i];
        }
    }

    /// <summary>The same with bins twice as wide as often as it takes to have no more than so many.</summary>
    public TimeBins Coarser(int most)
    {
        var coarser = new TimeBins();
        var shift = Shift;
        while (_counts.Length > 0 && ((First + _counts.Length - 1) >> (shift - Shift)) - (First >> (shift - Shift)) >= Math.Max(1, most))
        {
            shift++;
        }

        coarser.Shift = shift;
        coarser.Merge(this);
        return coarser;
    }

    private void Reach(long first, long last, int shift = 0)
    {
        if (_counts.Length == 0)
        {
            Shift = Math.Max(Shift, shift);
            while ((last >> Shift) - (first >> Shift) >= Most)
            {
                Shift++;
            }

            First = first >> Shift;
            _counts = new long[(last >> Shift) - First + 1];
            return;
        }

        var wanted = Math.Max(shift, Shift);
        long low, high;
        while (true)
        {
            low = Math.Min(first >> wanted, First >> (wanted - Shift));
            high = Math.Max(last >> wanted, (First + _counts.Length - 1) >> (wanted - Shift));
            if (high - low < Most)
            {
                break;
            }

            wanted++;
        }

        if (wanted == Shift && low == First && high == First + _counts.Length - 1)
        {
            return;
        }

        var counts = new long[high - low + 1];
        for (var i = 0; i < _counts.Length; i++)
        {
            counts[((First + i) >> (wanted - Shift)) - low] += _counts[i];
        }

        (Shift, First, _counts) = (wanted, low, counts);
    }
}
