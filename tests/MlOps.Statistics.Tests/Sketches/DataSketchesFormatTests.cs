using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MlOps.Statistics.Tests.Sketches;

/// <summary>
/// The binary forms of Apache DataSketches against bytes built here from its published layout, and against facts of the snapshots that its
/// Java, C++ and Go libraries publish for each other (hashes of whole register arrays, single coupons).
/// </summary>
public sealed class DataSketchesFormatTests
{
    // The coupons of the integers 0 to 9 as the Java library stores them, in the order of its hash set.
    private static readonly uint[] CouponsOfZeroToNine =
        [0x065DBC81, 0x0DF92F86, 0x04C2D7CB, 0x0517E9C1, 0x077316D2, 0x0E61A234, 0x07668175, 0x0A422DFC, 0x08E6657B, 0x06FBF22B];

    [Theory]
    [InlineData(8, "0a01070c0018000a", "fd8ce6d69d05525f43b465cffb749673d38c7ee1bae8f24423622025e6739d44")]
    [InlineData(6, "0a01070c00180006", "87a5c38ee72672300bb35f4be7d219b671918cb126ac95bab6f7723533552ee9")]
    [InlineData(4, "0a01070c05180502", "2e1912b1e951297f58570f54d7c3b6ef65eb0451091492776848eb53083c019e")]
    public void A_million_integers_give_the_registers_that_the_Java_library_published(int bits, string head, string registers)
    {
        var sketch = new HyperLogLog(12);
        for (var i = 0L; i < 1_000_000; i++)
        {
            sketch.Add(i);
        }

        var bytes = sketch.ToDataSketches(bits);
        var length = bits == 6 ? 3073 : 512 * bits;

        Assert.Equal(head, Convert.ToHexStringLower(bytes.AsSpan(0, 8)));
        Assert.Equal(12.387779474258423, BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(16)));
        Assert.Equal(0, BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(24)));
        Assert.Equal(registers, Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(40, length))));
        Assert.Equal(bits == 4 ? "a40c0058" : "", Convert.ToHexStringLower(bytes.AsSpan(40 + length)));
        Assert.Equal(sketch.ToArray(), HyperLogLog.ReadDataSketches(bytes).ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_coupon_set_of_the_Java_library_is_the_sketch_of_its_values(bool compact)
    {
        var slots = compact ? 10 : 32;
        var bytes = new byte[12 + (4 * slots)];
        new byte[] { 3, 1, 7, 12, 5, (byte)(compact ? 8 : 0), 0, 9, 10 }.CopyTo(bytes, 0);
        for (var i = 0; i < CouponsOfZeroToNine.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12 + (4 * (compact ? i : 3 * i))), CouponsOfZeroToNine[i]);
        }

        var expected = Integers(12, 10);

        Assert.Equal(expected.ToArray(), HyperLogLog.ReadDataSketches(bytes).ToArray());
        Assert.Equal(10, HyperLogLog.ReadDataSketches(bytes).Estimate(), 1);
    }

    [Fact]
    public void A_coupon_list_and_an_empty_sketch_are_read()
    {
        Assert.Equal(Integers(12, 1).ToArray(), HyperLogLog.ReadDataSketches([2, 1, 7, 12, 3, 8, 1, 0, 0xCB, 0xD7, 0xC2, 0x04]).ToArray());
        Assert.Equal([2, 1, 7, 12, 3, 12, 0, 8], new HyperLogLog(12).ToDataSketches());
        Assert.Equal(0, HyperLogLog.ReadDataSketches([2, 1, 7, 12, 3, 12, 0, 8]).Estimate());
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(4, 11)]
    [InlineData(6, 4)]
    [InlineData(6, 21)]
    [InlineData(8, 7)]
    [InlineData(8, 14)]
    public void Registers_written_are_read_back_at_every_width(int bits, int precision)
    {
        foreach (var count in new[] { 1, 5, 1_000, 50_000 })
        {
            var sketch = Integers(precision, count);

            Assert.Equal(sketch.ToArray(), HyperLogLog.ReadDataSketches(sketch.ToDataSketches(bits)).ToArray());
        }
    }

    [Fact]
    public void Exceptions_of_four_bit_registers_reach_the_greatest_rank_and_are_checked()
    {
        // Three registers of the greatest rank, 63; the others from 16 down to 4.
        var sketch = new HyperLogLog(4);
        for (var register = 0; register < 16; register++)
        {
            sketch.AddHash((ulong)register, register < 3 ? 0 : 1UL << (45 + register));
        }

        var bytes = sketch.ToDataSketches(4);
        Assert.Equal(4, bytes[6]);
        Assert.Equal(1, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(32)));
        Assert.Equal(3, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(36)));
        Assert.Equal((63U << 26) | 2, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4)));
        Assert.Equal(sketch.ToArray(), HyperLogLog.ReadDataSketches(bytes).ToArray());
        Assert.Throws<FormatException>(() => HyperLogLog.ReadDataSketches(bytes.AsSpan(0, bytes.Length - 4)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void Damaged_HLL_bytes_are_refused_or_give_a_sketch_that_works(int bits) =>
        DamagedBytes.AreRefusedOrUsable(Integers(8, 3_000).ToDataSketches(bits), bytes => HyperLogLog.ReadDataSketches(bytes), sketch =>
        {
            sketch.Add(1.5);
            Assert.InRange(sketch.Estimate(), 0.9, double.PositiveInfinity);
        });

    [Fact]
    public void A_KLL_sketch_that_is_not_full_is_written_as_the_layout_says()
    {
        var sketch = new KllSketch(200);
        sketch.Add([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        var expected = KllBytes(200, 10, 1, 10, [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]], capacity: 200);

        // The Java library's snapshot of the numbers 1 to 10 is these 120 bytes.
        Assert.Equal(expected, sketch.ToDataSketches());
        Assert.Equal("05010f00c8000800" + "0a00000000000000" + "c8000100" + "be000000", Convert.ToHexStringLower(expected.AsSpan(0, 24)));
        Assert.Equal(sketch.ToDataSketches(), KllSketch.ReadDataSketches(expected).ToDataSketches());
    }

    [Fact]
    public void Empty_and_single_KLL_sketches_are_short()
    {
        var single = new KllSketch(200);
        single.Add(1);

        Assert.Equal([2, 1, 15, 1, 200, 0, 8, 0], new KllSketch(200).ToDataSketches());
        Assert.Equal([2, 2, 15, 4, 200, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F], single.ToDataSketches());
        Assert.Equal([2, 2, 15, 4, 200, 0, 8, 0, 0, 0, 0x80, 0x3F], single.ToDataSketchesFloats());
        Assert.Equal(1, KllSketch.ReadDataSketchesFloats(single.ToDataSketchesFloats()).Quantile(0.5));
        Assert.Equal(0, KllSketch.ReadDataSketches(new KllSketch(200).ToDataSketches()).Count);
    }

    [Fact]
    public void Levels_weigh_twice_the_one_below()
    {
        // Two levels of k = 8 have a capacity of 8 + 8.
        var sketch = KllSketch.ReadDataSketches(KllBytes(8, 9, -5, 40, [[7, 40, 1], [-5, 2, 9]], capacity: 16));

        Assert.Equal((9, -5, 40), (sketch.Count, sketch.Minimum, sketch.Maximum));
        Assert.Equal(2 / 9.0, sketch.Rank(-5));
        Assert.Equal(3 / 9.0, sketch.Rank(1));
        Assert.Equal(8 / 9.0, sketch.Rank(9));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(200)]
    [InlineData(1024)]
    public void A_sketch_squeezed_into_the_capacity_of_DataSketches_keeps_the_stated_error(int k)
    {
        var draws = new Draws((ulong)k);
        var sketch = new KllSketch(k);
        for (var i = 1; i <= 100_000; i++)
        {
            sketch.Add(draws.Uniform());
            if (i is not (2 or 300 or 5_000 or 100_000))
            {
                continue;
            }

            var before = sketch.ToArray();
            var bytes = sketch.ToDataSketches();
            var read = KllSketch.ReadDataSketches(bytes);
            Assert.Equal(before, sketch.ToArray());
            Assert.Equal((sketch.Count, sketch.Minimum, sketch.Maximum), (read.Count, read.Minimum, read.Maximum));
            Assert.Equal(bytes, read.ToDataSketches());
            for (var x = 0.05; x < 1 && i > 2; x += 0.05)
            {
                Assert.InRange(read.Rank(x) - x, (-2 * read.NormalizedRankError) - (2 / Math.Sqrt(i)), (2 * read.NormalizedRankError) + (2 / Math.Sqrt(i)));
            }
        }
    }

    [Fact]
    public void What_is_not_supported_says_so()
    {
        var sketch = new KllSketch(200);
        sketch.Add([1, 2, 3]);
        var updatable = sketch.ToDataSketches();
        updatable[1] = 3;
        var other = sketch.ToDataSketches();
        other[2] = 8;

        Assert.Contains("updatable", Assert.Throws<FormatException>(() => KllSketch.ReadDataSketches(updatable)).Message, StringComparison.Ordinal);
        Assert.Contains("no KLL sketch", Assert.Throws<FormatException>(() => KllSketch.ReadDataSketches(other)).Message, StringComparison.Ordinal);
        Assert.Contains("no HLL sketch", Assert.Throws<FormatException>(() => HyperLogLog.ReadDataSketches(sketch.ToDataSketches())).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => KllSketch.ReadDataSketches(KllBytes(8, 9, -5, 40, [[7, 40, 1], [2, -5, 9]], capacity: 16)));
        Assert.Throws<FormatException>(() => KllSketch.ReadDataSketches(KllBytes(8, 8, -5, 40, [[7, 40, 1], [-5, 2, 9]], capacity: 16)));
        Assert.Throws<FormatException>(() => KllSketch.ReadDataSketches(KllBytes(8, 9, -4, 40, [[7, 40, 1], [-5, 2, 9]], capacity: 16)));
        Assert.Throws<FormatException>(() => KllSketch.ReadDataSketches(KllBytes(8, 3, double.NaN, 40, [[7, double.NaN, 40]], capacity: 8)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HyperLogLog().ToDataSketches(5));
    }

    [Fact]
    public void Damaged_KLL_bytes_are_refused_or_give_a_sketch_that_works()
    {
        var sketch = new KllSketch(64);
        sketch.Add(new Draws(3).Normals(3_000));
        DamagedBytes.AreRefusedOrUsable(sketch.ToDataSketches(), bytes => KllSketch.ReadDataSketches(bytes), Use);
        DamagedBytes.AreRefusedOrUsable(sketch.ToDataSketchesFloats(), bytes => KllSketch.ReadDataSketchesFloats(bytes), Use);

        static void Use(KllSketch read)
        {
            var count = read.Count;
            read.Add(new Draws(1).Normals(1_000));
            Assert.Equal(count + 1_000, read.Count);
            Assert.InRange(read.Quantile(0.5), read.Minimum, read.Maximum);
            Assert.InRange(read.Rank(0), 0, 1);
            KllSketch.Read(read.ToArray());
        }
    }

    private static byte[] KllBytes(ushort k, long count, double minimum, double maximum, double[][] levels, int capacity)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write([5, 1, 15, 0]);
        writer.Write(k);
        writer.Write([8, 0]);
        writer.Write(count);
        writer.Write(k);
        writer.Write([(byte)levels.Length, 0]);
        var offset = capacity - levels.Sum(level => level.Length);
        foreach (var level in levels)
        {
            writer.Write(offset);
            offset += level.Length;
        }

        writer.Write(minimum);
        writer.Write(maximum);
        foreach (var value in levels.SelectMany(level => level))
        {
            writer.Write(value);
        }

        return stream.ToArray();
    }

    private static HyperLogLog Integers(int precision, int count)
    {
        var sketch = new HyperLogLog(precision);
        for (var i = 0L; i < count; i++)
        {
            sketch.Add(i);
        }

        return sketch;
    }
}
