namespace MlOps.Statistics;

/// <content>Values that were counted elsewhere.</content>
public sealed partial class KllSketch
{
    /// <summary>Adds values that came several times each, at a cost that grows with how many different ones there are.</summary>
    /// <remarks>
    /// A value that came 2ʰ times goes straight to the level of that weight, so that only halving later adds to the error, whose bound
    /// holds.
    /// The sketch differs from one to which every value was added by itself, within that bound.
    /// </remarks>
    /// <param name="values">In any order; NaN counts as missing.</param>
    /// <param name="counts">How often each came, 1 or more; as long as the values.</param>
    public void Add(ReadOnlySpan<double> values, ReadOnlySpan<long> counts)
    {
        if (values.Length != counts.Length)
        {
            throw new ArgumentException(
                $"There are {values.Length} values and {counts.Length} counts: give each value one.", nameof(counts));
        }

        var sorted = new double[values.Length];
        var weights = new long[values.Length];
        var length = 0;
        long total = 0, most = 0, missing = 0;
        for (var i = 0; i < values.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(counts[i], 1, nameof(counts));
            if (double.IsNaN(values[i]))
            {
                missing = checked(missing + counts[i]);
                continue;
            }

            (sorted[length], weights[length++]) = (values[i], counts[i]);
            total = checked(total + counts[i]);
            most = Math.Max(most, counts[i]);
        }

        MissingCount = checked(MissingCount + missing);
        if (total <= _starts[0])
        {
            // It fits as it is, and an exact sketch stays exact.
            for (var i = 0; i < length; i++)
            {
                for (var time = 0L; time < weights[i]; time++)
                {
                    Add(sorted[i]);
                }
            }

            return;
        }

        Array.Sort(sorted, weights, 0, length);
        Merge(OfSorted(sorted.AsSpan(0, length), weights, total, most));
    }

    /// <summary>A sketch whose levels hold a value where its count has a bit.</summary>
    private KllSketch OfSorted(ReadOnlySpan<double> values, ReadOnlySpan<long> counts, long total, long most)
    {
        var sketch = new KllSketch(K) { Count = total };
        (sketch._minimum, sketch._maximum) = (values[0], values[^1]);
        sketch._levels = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)most);
        if (sketch._levels > MaximumLevels)
        {
            throw new ArgumentException($"A value cannot come {most:N0} times.", nameof(counts));
        }

        List<double> items = [];
        for (var height = 0; height < sketch._levels; height++)
        {
            sketch._starts[height] = items.Count;
            for (var i = 0; i < values.Length; i++)
            {
                if (((counts[i] >> height) & 1) != 0)
                {
                    items.Add(values[i]);
                }
            }
        }

        sketch._items = [.. items];
        sketch._starts[sketch._levels] = items.Count;
        return sketch;
    }
}
