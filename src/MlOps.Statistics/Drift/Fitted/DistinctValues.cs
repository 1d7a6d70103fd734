using System.Numerics;

namespace MlOps.Statistics;

/// <summary>The distinct values of a sample in ascending order, and how many values lie below each.</summary>
internal sealed class DistinctValues
{
    private DistinctValues(double[] values, long[] below)
    {
        Values = values;
        Below = below;
    }

    public double[] Values { get; }

    /// <summary>Entry i counts the values below <see cref="Values"/>[i]; the last entry counts all.</summary>
    public long[] Below { get; }

    public long Total => Below[^1];

    public static DistinctValues Of(ReadOnlySpan<double> sorted)
    {
        var length = sorted.IsEmpty ? 0 : 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            length += sorted[i] != sorted[i - 1] ? 1 : 0;
        }

        var values = new double[length];
        var below = new long[length + 1];
        for (int i = 0, k = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                values[k] = sorted[i];
                below[k++] = i;
            }
        }

        below[length] = sorted.Length;
        return new DistinctValues(values, below);
    }

    /// <summary>The value at a rank from 0, as if all values stood in a row.</summary>
    public double AtRank(long rank) => Values[IndexOfRank(rank)];

    public int IndexOfRank(long rank)
    {
        var index = Array.BinarySearch(Below, 0, Values.Length, rank);
        return index >= 0 ? index : ~index - 1;
    }

    public long CountOf(int index) => Below[index + 1] - Below[index];

    public DistinctValues Merge(DistinctValues other)
    {
        var values = new List<double>(Values.Length + other.Values.Length);
        var below = new List<long>(values.Capacity + 1) { 0 };
        int i = 0, j = 0;
        while (i < Values.Length || j < other.Values.Length)
        {
            var value = j == other.Values.Length || (i < Values.Length && Values[i] <= other.Values[j]) ? Values[i] : other.Values[j];
            var count = below[^1];
            if (i < Values.Length && Values[i] == value)
            {
                count += CountOf(i++);
            }

            if (j < other.Values.Length && other.Values[j] == value)
            {
                count += other.CountOf(j++);
            }

            values.Add(value);
            below.Add(count);
        }

        return new DistinctValues([.. values], [.. below]);
    }

    public void Write(PayloadWriter writer)
    {
        WriteValues(writer, Values);
        for (var i = 0; i < Values.Length; i++)
        {
            writer.Count(CountOf(i) - 1);
        }
    }

    public static DistinctValues Read(ref PayloadReader reader, long missing)
    {
        var values = ReadValues(ref reader);
        var below = new long[values.Length + 1];
        for (var i = 0; i < values.Length; i++)
        {
            below[i + 1] = below[i] + reader.Rows(missing + below[i]) + 1;
        }

        return new DistinctValues(values, below);
    }

    /// <summary>
    /// Writes ascending numbers as differences of their keys without the low bits that all have zero: one byte or two for whole numbers.
    /// </summary>
    public static void WriteValues(PayloadWriter writer, ReadOnlySpan<double> ascending)
    {
        writer.Count(ascending.Length);
        var bits = 0L;
        foreach (var value in ascending)
        {
            bits |= Stored(value);
        }

        var shift = bits == 0 ? 0 : BitOperations.TrailingZeroCount(bits);
        writer.Count(shift);
        var previous = 0L;
        for (var i = 0; i < ascending.Length; i++)
        {
            var key = Stored(ascending[i]) >> shift;
            if (i == 0)
            {
                writer.Fixed((ulong)key);
            }
            else
            {
                writer.Wide((ulong)(key - previous));
            }

            previous = key;
        }
    }

    public static double[] ReadValues(ref PayloadReader reader)
    {
        var values = new double[reader.Length(1)];
        var shift = reader.Count();
        if (shift > 63)
        {
            throw PayloadReader.Damaged();
        }

        var key = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            key = i == 0 ? (long)reader.Fixed() : key + (long)reader.Wide();
            var shifted = key << (int)shift;
            values[i] = OrderedKey.Value(shifted < 0 ? shifted - 1 : shifted);
            if (shifted >> (int)shift != key || double.IsNaN(values[i]) || (i > 0 && !(values[i] > values[i - 1])))
            {
                throw PayloadReader.Damaged();
            }
        }

        return values;
    }

    /// <summary>The key without the place of negative zero, so that the low bits of negative whole numbers are zero too.</summary>
    private static long Stored(double value) => OrderedKey.Of(value) is var key && key < 0 ? key + 1 : key;
}
