using System.Globalization;
using System.Text;
using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Sketches;

public sealed class HyperLogLogTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void The_estimate_is_within_four_standard_errors(int distinct)
    {
        var integers = new HyperLogLog();
        var numbers = new HyperLogLog();
        var texts = new HyperLogLog();
        Span<char> text = stackalloc char[16];
        for (var i = 0; i < distinct; i++)
        {
            integers.Add((long)i);
            numbers.Add(i / 7.0);
            i.TryFormat(text, out var written, provider: CultureInfo.InvariantCulture);
            texts.Add(text[..written]);
        }

        IsNear(distinct, integers);
        IsNear(distinct, numbers);
        IsNear(distinct, texts);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(14)]
    [InlineData(18)]
    public void The_standard_error_is_the_stated_one_at_every_precision(int precision)
    {
        const int Sketches = 200;
        var squares = 0.0;
        for (var seed = 0; seed < Sketches; seed++)
        {
            var sketch = new HyperLogLog(precision);
            for (var i = 0; i < 20_000; i++)
            {
                sketch.Add((seed * 20_000L) + i);
            }

            var error = (sketch.Estimate() / 20_000) - 1;
            squares += error * error;
        }

        // 1.04 is the limit for many registers; with 16 of them it is 1.22 (a simulation of ideal hashes gives 0.305).
        Assert.InRange(Math.Sqrt(squares / Sketches) * Math.Sqrt(1 << precision), 0, precision == 4 ? 1.4 : 1.2);
    }

    [Property(MaxTest = 200)]
    public void Repeating_values_changes_nothing(double[] values)
    {
        var once = Of(values);

        Assert.Equal(once.ToArray(), Of([.. values, .. values.Reverse()]).ToArray());
    }

    [Property(MaxTest = 200)]
    public void A_merge_is_the_union_in_any_order(double[] first, double[] second, double[] third)
    {
        var union = Of([.. first, .. second, .. third]).ToArray();

        Assert.Equal(union, Merge(Merge(Of(first), Of(second)), Of(third)).ToArray());
        Assert.Equal(union, Merge(Of(third), Merge(Of(second), Of(first))).ToArray());
        Assert.Equal(union, Merge(Merge(Of(second), Of(third)), Merge(Of(first), Of(first))).ToArray());
    }

    [Fact]
    public void Sketches_of_unlike_precision_refuse_to_merge() =>
        Assert.Throws<ArgumentException>(() => new HyperLogLog(12).Merge(new HyperLogLog(11)));

    [Fact]
    public void All_NaN_are_one_value_and_both_zeros_are_another()
    {
        var sketch = Of([double.NaN, -double.NaN, BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_1234), 0.0, -0.0, double.PositiveInfinity, double.NegativeInfinity]);

        Assert.Equal(4, sketch.Estimate(), 0);
        Assert.Equal(Of([double.NaN, 0, double.NegativeInfinity, double.PositiveInfinity]).ToArray(), sketch.ToArray());
    }

    [Property(MaxTest = 300)]
    public void A_text_is_its_UTF_8_bytes(string? text)
    {
        var byText = new HyperLogLog();
        var byBytes = new HyperLogLog();
        byText.Add((text ?? "").AsSpan());
        byBytes.AddBytes(Encoding.UTF8.GetBytes(text ?? ""));

        Assert.Equal(byBytes.ToArray(), byText.ToArray());

        Assert.Equal(1, byText.Estimate(), 1);
    }

    [Fact]
    public void Byte_strings_that_differ_only_by_zeros_at_the_end_are_distinct()
    {
        var sketch = new HyperLogLog();
        for (var length = 0; length < 100; length++)
        {
            sketch.AddBytes(new byte[length]);
        }

        IsNear(100, sketch);
    }

    [Property(MaxTest = 200)]
    public void A_sketch_read_back_is_the_same(double[] values, byte precision)
    {
        var sketch = new HyperLogLog(4 + (precision % 15));
        foreach (var value in values)
        {
            sketch.Add(value);
        }

        var read = HyperLogLog.Read(sketch.ToArray());
        Assert.Equal(sketch.Precision, read.Precision);
        Assert.Equal(sketch.Estimate(), read.Estimate());
        Assert.Equal(sketch.ToArray(), read.ToArray());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public void Damaged_bytes_are_refused(int precision)
    {
        var sketch = new HyperLogLog(precision);
        sketch.Add(Enumerable.Range(0, 500).Select(i => (double)i).ToArray());

        DamagedBytes.AreRefused(sketch.ToArray(), bytes => HyperLogLog.Read(bytes));
    }

    [Fact]
    public void A_long_text_is_one_value_and_adding_allocates_nothing()
    {
        var sketch = new HyperLogLog();
        var text = new string('ü', 5_000);
        sketch.Add(text);
        sketch.Add("short");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            sketch.Add(text);
            sketch.Add("short");
            sketch.Add(1.5);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(3, sketch.Estimate(), 1);
    }

    [Property(MaxTest = 100)]
    public void A_batch_is_its_values(double[] values)
    {
        var batch = new HyperLogLog(9);
        batch.Add(values);

        Assert.Equal(Of(values).ToArray(), batch.ToArray());
    }

    private static void IsNear(int distinct, HyperLogLog sketch)
    {
        var allowed = 4 * 1.04 / Math.Sqrt(1 << sketch.Precision) * distinct;
        Assert.InRange(sketch.Estimate(), distinct - allowed, distinct + allowed);
    }

    private static HyperLogLog Of(double[] values)
    {
        var sketch = new HyperLogLog(9);
        foreach (var value in values)
        {
            sketch.Add(value);
        }

        return sketch;
    }

    private static HyperLogLog Merge(HyperLogLog left, HyperLogLog right)
    {
        left.Merge(right);
        return left;
    }
}
