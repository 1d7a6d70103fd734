using System.Numerics.Tensors;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Estimates how often any value of a stream came, in memory that does not grow (count-min sketch; Cormode and Muthukrishnan,
/// 2005).</summary>
/// <remarks>
/// An estimate is never too low. It is too high by more than <see cref="RelativeError"/> × <see cref="Count"/> with a probability of at
/// most
/// <see cref="FailureProbability"/>. Merging gives exactly the sketch of the union, in any order. Use <see cref="SpaceSaving"/> to find
/// frequent values that are not known beforehand. Not safe for concurrent use. Adding allocates nothing.
/// </remarks>
public sealed class CountMin
{
    private const uint Tag = 0x4E4D434D; // "MCMN"
    private const int MaximumCells = 1 << 26;
    private readonly long[] _cells;

    /// <summary>Creates an empty sketch of ⌈e / ε⌉ × ⌈ln(1 / δ)⌉ counters of eight bytes: 2,719 × 5 at the defaults.</summary>
    /// <param name="relativeError">ε: by how much an estimate may be too high, as a share of the count of all values.</param>
    /// <param name="failureProbability">δ: how probable a larger error of one estimate may be.</param>
    public CountMin(double relativeError = 0.001, double failureProbability = 0.01)
        : this(Width(relativeError), Depth(failureProbability))
    {
    }

    private CountMin(int width, int depth)
    {
        if ((long)width * depth > MaximumCells)
        {
            throw new ArgumentException(
                $"A sketch of {width:N0} × {depth} counters is larger than {MaximumCells:N0}; allow a larger error.");
        }

        (RowLength, Rows) = (width, depth);
        _cells = new long[width * depth];
    }

    /// <summary>The number of counters in a row.</summary>
    public int RowLength { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>How many values were added in all.</summary>
    public long Count { get; private set; }

    /// <summary>By how much an estimate may be too high, as a share of <see cref="Count"/>: e / <see cref="RowLength"/>.</summary>
    public double RelativeError => Math.E / RowLength;

    /// <summary>How probable a larger error of one estimate is at most: e^−<see cref="Rows"/>.</summary>
    public double FailureProbability => Math.Exp(-Rows);

    /// <summary>Counts a text by its UTF-8 bytes.</summary>
    /// <param name="value">The text.</param>
    /// <param name="count">How often it came, 1 or more.</param>
    public void Add(ReadOnlySpan<char> value, long count = 1) => Add(Utf8Hash.Of(value), count);

    /// <summary>Counts an integer.</summary>
    /// <param name="value">The integer.</param>
    /// <param name="count">How often it came, 1 or more.</param>
    public void Add(long value, long count = 1) => Add(Murmur3.Hash(unchecked((ulong)value)), count);

    /// <summary>Counts a number; all NaN are one value, and −0 equals 0.</summary>
    /// <param name="value">The number, another value than the same number as an integer.</param>
    /// <param name="count">How often it came, 1 or more.</param>
    public void Add(double value, long count = 1) => Add(Murmur3.Hash(value), count);

    /// <summary>Counts each of the numbers once.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Add(Murmur3.Hash(value), 1);
        }
    }

    /// <summary>How often a text came, at most.</summary>
    public long Estimate(ReadOnlySpan<char> value) => Estimate(Utf8Hash.Of(value));

    /// <summary>How often an integer came, at most.</summary>
    public long Estimate(long value) => Estimate(Murmur3.Hash(unchecked((ulong)value)));

    /// <summary>How often a number came, at most.</summary>
    public long Estimate(double value) => Estimate(Murmur3.Hash(value));

    /// <summary>Takes in another sketch of the same shape, which stays as it is.</summary>
    public void Merge(CountMin other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if ((other.RowLength, other.Rows) != (RowLength, Rows))
        {
            throw new ArgumentException(
                $"A sketch of {other.RowLength} × {other.Rows} counters cannot be merged into one of {RowLength} × {Rows}.", nameof(other));
        }

        // No counter is above the count, so that none overflows when it does not.
        Count = checked(Count + other.Count);
        TensorPrimitives.Add(_cells, other._cells, _cells);
    }

    /// <summary>Writes the compact, versioned and checksummed form, in which an empty counter takes one byte.</summary>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(RowLength);
        writer.Count(Rows);
        writer.Count(Count);
        foreach (var cell in _cells)
        {
            writer.Count(cell);
        }

        return writer.Complete();
    }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged or of another version.</exception>
    public static CountMin Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "count-min sketch");
        long width = reader.Count(), depth = reader.Count(), count = reader.Count();
        if (width < 1 || depth < 1 || width > bytes.Length || depth > bytes.Length / width)
        {
            throw PayloadReader.Damaged();
        }

        var sketch = new CountMin((int)width, (int)depth) { Count = count };
        for (var row = 0; row < depth; row++)
        {
            var sum = 0L;
            foreach (ref var cell in sketch._cells.AsSpan(row * sketch.RowLength, sketch.RowLength))
            {
                cell = reader.Count();
                sum = cell <= count - sum ? sum + cell : throw PayloadReader.Damaged();
            }

            // Every value is counted once in each row.
            if (sum != count)
            {
                throw PayloadReader.Damaged();
            }
        }

        reader.End();
        return sketch;
    }

    private static int Width(double relativeError)
    {
        if (!(relativeError is > 1e-7 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(relativeError), relativeError, "The relative error lies between 0.0000001 and 1.");
        }

        return (int)Math.Ceiling(Math.E / relativeError);
    }

    private static int Depth(double failureProbability)
    {
        if (!(failureProbability is > 1e-12 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(failureProbability), failureProbability, "The failure probability lies between 1e-12 and 1.");
        }

        return (int)Math.Ceiling(-Math.Log(failureProbability));
    }

    // The rows' hashes are sums of the two halves of one (Kirsch and Mitzenmacher, 2006); the place is the high word of the product with the
    // width.
    private void Add((ulong Low, ulong High) hash, long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = checked(Count + count);
        var place = hash.Low;
        for (var row = 0; row < _cells.Length; row += RowLength)
        {
            _cells[row + (int)Math.BigMul(place, (ulong)RowLength, out _)] += count;
            place += hash.High;
        }
    }

    private long Estimate((ulong Low, ulong High) hash)
    {
        var least = long.MaxValue;
        var place = hash.Low;
        for (var row = 0; row < _cells.Length; row += RowLength)
        {
            least = Math.Min(least, _cells[row + (int)Math.BigMul(place, (ulong)RowLength, out _)]);
            place += hash.High;
        }

        return least;
    }
}
