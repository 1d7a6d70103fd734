using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

public readonly partial record struct Moments
{
    private const int Streams = 4;
    private const int CacheLine = 64;

    /// <summary>How many values the first one lies behind the start of its cache line; where the collector moves the sample, it costs speed alone.</summary>
    private static int Misaligned(ReadOnlySpan<double> values) =>
        (int)(Unsafe.ByteOffset(ref Unsafe.NullRef<double>(), ref MemoryMarshal.GetReference(values)) & (CacheLine - 1)) / sizeof(double);

    /// <summary>Measures one block around a guessed centre, and once more around its own mean where the guess was poor.</summary>
    /// <param name="block">At most <see cref="BlockLength"/> values, which stay in the first-level cache for a second look.</param>
    /// <param name="centre">In: the mean of the block before. Out: the mean of this one.</param>
    /// <param name="dense">Whether to hope for a block without NaN; out: whether this one had none.</param>
    private static Moments OfBlock(ReadOnlySpan<double> block, ref double centre, ref bool dense)
    {
        var sums = dense ? DenseSums(block, centre) : SparseSums(block, centre);
        if (dense && double.IsNaN(sums.Sum))
        {
            dense = false;
            sums = SparseSums(block, centre);
        }

        dense = sums.Count == block.Length;
        if (sums.Count == 0)
        {
            return new Moments(0, block.Length, 0, 0, 0, 0, 0);
        }

        var squares = sums.SquaresAroundMean;
        var (around, rest) = (centre, sums.Sum / sums.Count);
        if (!(squares >= sums.Squares * 0.01) || !double.IsFinite(sums.Squares))
        {
            // More than two digits would cancel, or something overflowed. Now around a mean taken from the values themselves.
            (around, rest) = (MeanOf(block, sums), 0);
            squares = double.NaN;
            if (double.IsFinite(around))
            {
                sums = SparseSums(block, around);
                rest = sums.Sum / sums.Count;
                squares = sums.SquaresAroundMean;
            }
        }

        centre = double.IsFinite(around) ? around + rest : 0;
        return new Moments(sums.Count, block.Length - sums.Count, around, rest, squares, sums.Minimum, sums.Maximum);
    }

    /// <summary>The mean by a plain sum, or value by value where that overflows though no value is infinite.</summary>
    private static double MeanOf(ReadOnlySpan<double> block, BlockSums sums)
    {
        var around = SparseSums(block, 0);
        if (double.IsFinite(around.Sum) || double.IsInfinity(sums.Minimum) || double.IsInfinity(sums.Maximum))
        {
            return around.Sum / around.Count;
        }

        var mean = 0.0;
        foreach (var value in block)
        {
            mean += double.IsNaN(value) ? 0 : value / around.Count;
        }

        return mean;
    }

    /// <summary>Sums of a block that should have no NaN; with one, the sum is NaN and the rest meaningless.</summary>
    /// <remarks>The quarters of the block are read side by side, which keeps four of the processor's prefetchers busy and not one.</remarks>
    private static BlockSums DenseSums(ReadOnlySpan<double> block, double centre)
    {
        var width = Vector<double>.Count;
        var quarter = block.Length / (Streams * width) * width;
        ref var first = ref MemoryMarshal.GetReference(block);
        ref var second = ref Unsafe.Add(ref first, quarter);
        ref var third = ref Unsafe.Add(ref second, quarter);
        ref var fourth = ref Unsafe.Add(ref third, quarter);
        var middle = new Vector<double>(centre);
        Vector<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        Vector<double> squares0 = default, squares1 = default, squares2 = default, squares3 = default;
        var low0 = new Vector<double>(double.PositiveInfinity);
        var high0 = new Vector<double>(double.NegativeInfinity);
        var (low1, high1) = (low0, high0);
        for (var i = 0; i < quarter; i += width)
        {
            // One vector at a time: thirteen registers are taken by the sums, and without AVX-512 there are sixteen.
            var vector = Vector.LoadUnsafe(ref first, (nuint)i);
            low0 = Vector.MinNative(low0, vector);
            high0 = Vector.MaxNative(high0, vector);
            vector -= middle;
            sum0 += vector;
            squares0 = Vector.MultiplyAddEstimate(vector, vector, squares0);
            vector = Vector.LoadUnsafe(ref second, (nuint)i);
            low1 = Vector.MinNative(low1, vector);
            high1 = Vector.MaxNative(high1, vector);
            vector -= middle;
            sum1 += vector;
            squares1 = Vector.MultiplyAddEstimate(vector, vector, squares1);
            vector = Vector.LoadUnsafe(ref third, (nuint)i);
            low0 = Vector.MinNative(low0, vector);
            high0 = Vector.MaxNative(high0, vector);
            vector -= middle;
            sum2 += vector;
            squares2 = Vector.MultiplyAddEstimate(vector, vector, squares2);
            vector = Vector.LoadUnsafe(ref fourth, (nuint)i);
            low1 = Vector.MinNative(low1, vector);
            high1 = Vector.MaxNative(high1, vector);
            vector -= middle;
            sum3 += vector;
            squares3 = Vector.MultiplyAddEstimate(vector, vector, squares3);
        }

        var sums = new BlockSums
        {
            Count = block.Length,
            Sum = Vector.Sum(sum0 + sum1 + (sum2 + sum3)),
            Squares = Vector.Sum(squares0 + squares1 + (squares2 + squares3)),
        };
        sums.AddRange(Vector.MinNative(low0, low1), Vector.MaxNative(high0, high1));
        foreach (var value in block[(Streams * quarter)..])
        {
            sums.Add(value, centre);
        }

        return sums;
    }

    private static BlockSums SparseSums(ReadOnlySpan<double> block, double centre)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(block);
        var middle = new Vector<double>(centre);
        Vector<double> sum = default, squares = default;
        var low = new Vector<double>(double.PositiveInfinity);
        var high = new Vector<double>(double.NegativeInfinity);
        Vector<long> present = default;
        foreach (var vector in vectors)
        {
            var known = Vector.Equals(vector, vector);
            present -= known;
            low = Vector.MinNative(low, Vector.ConditionalSelect(known, vector, low));
            high = Vector.MaxNative(high, Vector.ConditionalSelect(known, vector, high));
            var deviation = Vector.ConditionalSelect(known, vector, middle) - middle;
            sum += deviation;
            squares += deviation * deviation;
        }

        var sums = new BlockSums { Count = Vector.Sum(present), Sum = Vector.Sum(sum), Squares = Vector.Sum(squares) };
        sums.AddRange(low, high);
        foreach (var value in block[(vectors.Length * Vector<double>.Count)..])
        {
            if (!double.IsNaN(value))
            {
                sums.Add(value, centre);
                sums.Count++;
            }
        }

        return sums;
    }

    /// <summary>Sums of deviations from a centre.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct BlockSums()
    {
        public long Count;
        public double Sum;
        public double Squares;
        public double Minimum = double.PositiveInfinity;
        public double Maximum = double.NegativeInfinity;

        public readonly double SquaresAroundMean => Squares - (Sum * (Sum / Count));

        public void AddRange(Vector<double> low, Vector<double> high)
        {
            for (var i = 0; i < Vector<double>.Count; i++)
            {
                Minimum = Math.Min(Minimum, low[i]);
                Maximum = Math.Max(Maximum, high[i]);
            }
        }

        public void Add(double value, double centre)
        {
            var deviation = value - centre;
            Minimum = Math.Min(Minimum, value);
            Maximum = Math.Max(Maximum, value);
            Sum += deviation;
            Squares += deviation * deviation;
        }
    }
}
