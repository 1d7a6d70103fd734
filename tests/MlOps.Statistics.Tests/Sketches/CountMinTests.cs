using System.Globalization;
using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Sketches;

public sealed class CountMinTests
{
    [Fact]
    public void No_estimate_is_too_low_and_few_exceed_the_stated_error()
    {
        int queries = 0, misses = 0;
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var draws = new Draws(seed);
            long[] stream = [.. Enumerable.Range(0, 10_000).Select(_ => (long)(20_000 * Math.Pow(draws.Uniform(), 3)) + ((long)seed << 32))];
            var sketch = new CountMin(relativeError: 0.005, failureProbability: 0.05);
            foreach (var value in stream)
            {
                sketch.Add(value);
            }

            foreach (var (value, count) in stream.CountBy(value => value))
            {
                var estimate = sketch.Estimate(value);
                Assert.InRange(estimate, count, sketch.Count);
                queries++;
                misses += estimate - count > sketch.RelativeError * sketch.Count ? 1 : 0;
            }
        }

        Assert.True(misses <= 0.05 * queries, $"{misses} of {queries} estimates were outside the bound.");
    }

    [Fact]
    public void The_shape_follows_from_the_errors_asked_for()
    {
        var sketch = new CountMin();

        Assert.Equal((2_719, 5), (sketch.RowLength, sketch.Rows));
        Assert.InRange(sketch.RelativeError, 0.0009, 0.001);
        Assert.InRange(sketch.FailureProbability, 0.005, 0.01);
    }

    [Property(MaxTest = 100)]
    public void A_merge_is_the_union_in_any_order_and_grouping(double[] first, double[] second, double[] third)
    {
        var union = Of([.. first, .. second, .. third]).ToArray();

        Assert.Equal(union, Merge(Merge(Of(first), Of(second)), Of(third)).ToArray());
        Assert.Equal(union, Merge(Of(third), Merge(Of(second), Of(first))).ToArray());
    }

    [Property(MaxTest = 100)]
    public void Few_values_are_counted_exactly_and_texts_numbers_and_integers_apart(byte[] values)
    {
        var sketch = new CountMin(0.0001);
        foreach (var value in values)
        {
            sketch.Add(value.ToString(CultureInfo.InvariantCulture));
            sketch.Add((long)value, 2);
            sketch.Add((double)value + 0.5, 3);
        }

        Assert.Equal(6L * values.Length, sketch.Count);
        foreach (var (value, count) in values.CountBy(value => value))
        {
            Assert.Equal(count, sketch.Estimate(value.ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(2 * count, sketch.Estimate((long)value));
            Assert.Equal(3 * count, sketch.Estimate(value + 0.5));
        }
    }

    [Fact]
    public void All_NaN_are_one_value_and_both_zeros_are_another()
    {
        var sketch = Of([double.NaN, -double.NaN, BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_1234), 0.0, -0.0, double.PositiveInfinity]);

        Assert.Equal((3, 2, 1), (sketch.Estimate(double.NaN), sketch.Estimate(-0.0), sketch.Estimate(double.PositiveInfinity)));
    }

    [Fact]
    public void Adding_allocates_nothing()
    {
        var sketch = Of([1]);
        sketch.Add("text");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            sketch.Add(i / 3.0);
            sketch.Add("another text");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Property(MaxTest = 100)]
    public void A_sketch_read_back_is_the_same(double[] values) => Assert.Equal(Of(values).ToArray(), CountMin.Read(Of(values).ToArray()).ToArray());

    [Fact]
    public void Damaged_bytes_are_refused() => DamagedBytes.AreRefused(Of([1, 2, 3, 3, 3]).ToArray(), bytes => CountMin.Read(bytes));

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CountMin(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CountMin(0.1, 1));
        Assert.Throws<ArgumentException>(() => new CountMin(1e-6, 1e-11));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CountMin().Add(1.5, 0));
        Assert.Throws<ArgumentException>(() => new CountMin(0.1).Merge(new CountMin(0.2)));
        var full = new CountMin(0.1);
        full.Add(1, long.MaxValue);
        Assert.Throws<OverflowException>(() => full.Add(1));
    }

    private static CountMin Of(double[] values)
    {
        var sketch = new CountMin(0.05, 0.1);
        sketch.Add(values);
        return sketch;
    }

    private static CountMin Merge(CountMin left, CountMin right)
    {
        left.Merge(right);
        return left;
    }
}
