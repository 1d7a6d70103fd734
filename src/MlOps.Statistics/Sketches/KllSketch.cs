using System.Buffers.Binary;

namespace MlOps.Statistics;

/// <summary>Answers ranks and quantiles of a stream in a few kilobytes, within a stated error (Karnin, Lang and Liberty, 2016).</summary>
/// <remarks>
/// <para>
/// The normalised rank of an answer is within <see cref="NormalizedRankError"/> of the truth with probability 99 % for one query.
/// Minimum and maximum are exact. NaN is a missing value: it is counted in <see cref="MissingCount"/> and otherwise passed over.
/// </para>
/// <para>Deterministic: the same values in the same order give the same sketch. Not safe for concurrent use; merge per-thread sketches.</para>
/// </remarks>
public sealed class KllSketch
{
    private const byte FormatVersion = 1;
    private const int HeaderSize = 1 + 4 + 8 + 8 + 8 + 8 + 8 + 4;
    private const int MinimumCapacity = 8;
    private readonly List<Level> _levels = [];
    private ulong _coin = 0x9E3779B97F4A7C15;
    private int _retained;
    private int _capacity;

    /// <summary>Creates an empty sketch.</summary>
    /// <param name="k">The capacity of the top level, from 8 to 65,535: 200 gives a rank error of 1.33 %, 1,024 of 0.27 %.</param>
    public KllSketch(int k = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, 65_535);
        K = k;
        AddLevel();
    }

    /// <summary>The capacity of the top level.</summary>
    public int K { get; }

    /// <summary>How many values were added, missing ones not counted.</summary>
    public long Count { get; private set; }

    /// <summary>How many NaN were added.</summary>
    public long MissingCount { get; private set; }

    /// <summary>The least value; NaN when empty.</summary>
    public double Minimum { get; private set; } = double.NaN;

    /// <summary>The greatest value; NaN when empty.</summary>
    public double Maximum { get; private set; } = double.NaN;

    /// <summary>The rank error of one query that holds with 99 %, as a share of the count: 2.296 / k^0.9723, as Apache DataSketches states it.</summary>
    public double NormalizedRankError => 2.296 / Math.Pow(K, 0.9723);

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            MissingCount++;
            return;
        }

        Minimum = Count == 0 ? value : Math.Min(Minimum, value);
        Maximum = Count == 0 ? value : Math.Max(Maximum, value);
        Count++;
        _levels[0].Add(value);
        if (++_retained >= _capacity)
        {
            Compress();
        }
    }

    /// <summary>Adds values.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Add(value);
        }
    }

    /// <summary>Takes in another sketch of the same <see cref="K"/>, which stays as it is; the error bound holds for the union.</summary>
    public void Merge(KllSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.K != K)
        {
            throw new ArgumentException($"A sketch with k = {other.K} cannot be merged into one with k = {K}.", nameof(other));
        }

        MissingCount += other.MissingCount;
        if (other.Count == 0)
        {
            return;
        }

        Minimum = Count == 0 ? other.Minimum : Math.Min(Minimum, other.Minimum);
        Maximum = Count == 0 ? other.Maximum : Math.Max(Maximum, other.Maximum);
        Count += other.Count;
        var otherLevels = ReferenceEquals(other, this) ? [.. other._levels.Select(level => level.Copy())] : other._levels;
        while (_levels.Count < otherLevels.Count)
        {
            AddLevel();
        }

        for (var height = 0; height < otherLevels.Count; height++)
        {
            foreach (var value in otherLevels[height].Values)
            {
                _levels[height].Add(value);
                _retained++;
            }
        }

        while (_retained >= _capacity)
        {
            Compress();
        }
    }

    /// <summary>The share of values at most <paramref name="value"/>; NaN when empty.</summary>
    public double Rank(double value)
    {
        if (Count == 0)
        {
            return double.NaN;
        }

        long weight = 0;
        for (var height = 0; height < _levels.Count; height++)
        {
            foreach (var retained in _levels[height].Values)
            {
                weight += retained <= value ? 1L << height : 0;
            }
        }

        return (double)weight / Count;
    }

    /// <summary>The value whose rank is <paramref name="probability"/>; NaN when empty.</summary>
    /// <param name="probability">From 0 (the minimum) to 1 (the maximum).</param>
    public double Quantile(double probability)
    {
        Span<double> result = [0];
        Quantiles([probability], result);
        return result[0];
    }

    /// <summary>Answers several quantiles with one sort.</summary>
    public void Quantiles(ReadOnlySpan<double> probabilities, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, probabilities.Length);
        if (Count == 0)
        {
            destination[..probabilities.Length].Fill(double.NaN);
            return;
        }

        var values = new double[_retained];
        var weights = new long[_retained];
        var position = 0;
        for (var height = 0; height < _levels.Count; height++)
        {
            foreach (var value in _levels[height].Values)
            {
                values[position] = value;
                weights[position++] = 1L << height;
            }
        }

        Array.Sort(values, weights);
        for (var i = 1; i < weights.Length; i++)
        {
            weights[i] += weights[i - 1];
        }

        for (var i = 0; i < probabilities.Length; i++)
        {
            var probability = probabilities[i];
            if (!(probability is >= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(probabilities), probability, "A probability lies between 0 and 1.");
            }

            destination[i] = probability switch
            {
                0 => Minimum,
                1 => Maximum,
                _ => values[Math.Min(FirstAtLeast(weights, (long)Math.Ceiling(probability * weights[^1])), values.Length - 1)],
            };
        }
    }

    /// <summary>Writes the compact, versioned form.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[HeaderSize + _levels.Sum(level => 4 + (8 * level.Count))];
        var rest = bytes.AsSpan();
        rest[0] = FormatVersion;
        BinaryPrimitives.WriteInt32LittleEndian(rest[1..], K);
        BinaryPrimitives.WriteInt64LittleEndian(rest[5..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(rest[13..], MissingCount);
        BinaryPrimitives.WriteDoubleLittleEndian(rest[21..], Minimum);
        BinaryPrimitives.WriteDoubleLittleEndian(rest[29..], Maximum);
        BinaryPrimitives.WriteUInt64LittleEndian(rest[37..], _coin);
        BinaryPrimitives.WriteInt32LittleEndian(rest[45..], _levels.Count);
        rest = rest[HeaderSize..];
        foreach (var level in _levels)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, level.Count);
            rest = rest[4..];
            foreach (var value in level.Values)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(rest, value);
                rest = rest[8..];
            }
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged or of a newer version.</exception>
    public static KllSketch Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize || bytes[0] != FormatVersion)
        {
            throw new FormatException(bytes.Length > 0 && bytes[0] > FormatVersion
                ? $"The KLL sketch has format {bytes[0]}; this version reads up to {FormatVersion}. Update MlOps.Statistics."
                : "The bytes are not a KLL sketch.");
        }

        var k = BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]);
        var levels = BinaryPrimitives.ReadInt32LittleEndian(bytes[45..]);
        if (k is < 8 or > 65_535 || levels is < 1 or > 60)
        {
            throw new FormatException("The KLL sketch is damaged: its header is impossible.");
        }

        var sketch = new KllSketch(k)
        {
            Count = BinaryPrimitives.ReadInt64LittleEndian(bytes[5..]),
            MissingCount = BinaryPrimitives.ReadInt64LittleEndian(bytes[13..]),
            Minimum = BinaryPrimitives.ReadDoubleLittleEndian(bytes[21..]),
            Maximum = BinaryPrimitives.ReadDoubleLittleEndian(bytes[29..]),
            _coin = BinaryPrimitives.ReadUInt64LittleEndian(bytes[37..]),
        };
        var rest = bytes[HeaderSize..];
        long weight = 0;
        for (var height = 0; height < levels; height++)
        {
            if (height > 0)
            {
                sketch.AddLevel();
            }

            var count = rest.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(rest) : -1;
            if (count < 0 || count > (rest.Length - 4) / 8)
            {
                throw new FormatException("The KLL sketch is damaged: a level is cut off.");
            }

            rest = rest[4..];
            for (var i = 0; i < count; i++, rest = rest[8..])
            {
                var value = BinaryPrimitives.ReadDoubleLittleEndian(rest);
                if (!(value >= sketch.Minimum && value <= sketch.Maximum))
                {
                    throw new FormatException("The KLL sketch is damaged: a value lies outside its minimum and maximum.");
                }

                sketch._levels[height].Add(value);
            }

            sketch._retained += count;
            if (count > (long.MaxValue - weight) >> height)
            {
                throw new FormatException("The KLL sketch is damaged: its levels weigh more than any stream.");
            }

            weight += (long)count << height;
        }

        if (!rest.IsEmpty || weight != sketch.Count || sketch.MissingCount < 0)
        {
            throw new FormatException("The KLL sketch is damaged: its levels do not add up to its count.");
        }

        if (weight == 0 && !(double.IsNaN(sketch.Minimum) && double.IsNaN(sketch.Maximum)))
        {
            throw new FormatException("The KLL sketch is damaged: it is empty and yet has a minimum or maximum.");
        }

        return sketch;
    }

    private static int FirstAtLeast(long[] cumulative, long weight)
    {
        var index = Array.BinarySearch(cumulative, weight);
        return index >= 0 ? index : ~index;
    }

    // The first level from below that is full is halved into the next: of its sorted values every other one moves up.
    private void Compress()
    {
        for (var height = 0; height < _levels.Count; height++)
        {
            if (_levels[height].Count < CapacityAt(height))
            {
                continue;
            }

            if (height + 1 == _levels.Count)
            {
                AddLevel();
            }

            var before = _levels[height].Count;
            _levels[height].HalveInto(_levels[height + 1], NextCoin());
            _retained -= before / 2;
            return;
        }
    }

    private int CapacityAt(int height) =>
        Math.Max(MinimumCapacity, (int)Math.Ceiling(K * Math.Pow(2.0 / 3.0, _levels.Count - 1 - height)));

    private void AddLevel()
    {
        _levels.Add(new Level());
        _capacity = 0;
        for (var height = 0; height < _levels.Count; height++)
        {
            _capacity += CapacityAt(height);
        }
    }

    // SplitMix64, one bit at a time.
    private bool NextCoin()
    {
        _coin += 0x9E3779B97F4A7C15;
        var mixed = _coin;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) & 1) == 1;
    }

    private sealed class Level
    {
        private double[] _values = new double[MinimumCapacity];

        public int Count { get; private set; }

        public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

        public void Add(double value)
        {
            if (Count == _values.Length)
            {
                Array.Resize(ref _values, 2 * Count);
            }

            _values[Count++] = value;
        }

        public Level Copy() => new() { _values = [.. _values], Count = Count };

        public void HalveInto(Level next, bool odd)
        {
            // An odd value out stays, so that the total weight is kept to the unit.
            var keep = Count & 1;
            var pairs = _values.AsSpan(keep, Count - keep);
            pairs.Sort();
            for (var i = odd ? 1 : 0; i < pairs.Length; i += 2)
            {
                next.Add(pairs[i]);
            }

            Count = keep;
        }
    }
}
