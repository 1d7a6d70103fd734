using FsCheck.Xunit;
using MlOps.Sql;

namespace MlOps.Sqlite.Tests.Metrics;

public sealed class MetricChunkTests
{
    [Property(MaxTest = 500)]
    public void Any_points_come_back_bit_for_bit((long Step, long Bits, long Sequence)[] points, uint ticks)
    {
        if (points.Length > 0)
        {
            AssertKept([.. points.Select((p, i) =>
                new ChunkPoint(p.Step, (long)ticks * i, p.Sequence, BitConverter.Int64BitsToDouble(p.Bits)))]);
        }
    }

    [Property(MaxTest = 300)]
    public void Points_drawn_from_all_numbers_come_back_bit_for_bit(int seed)
    {
        var random = new Random(seed);
        var scale = random.Next(63);
        var unit = random.Next(3) switch { 0 => 1L, 1 => TimeSpan.TicksPerMicrosecond, _ => TimeSpan.TicksPerMillisecond };
        var points = new ChunkPoint[random.Next(1, random.Next(4) == 0 ? MetricChunk.MaximumCount + 1 : 600)];
        var (step, at) = (random.NextInt64() >> scale, 0L);
        for (var i = 0; i < points.Length; i++)
        {
            step = unchecked(step + (random.Next(9) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64) : 1));
            at += random.NextInt64(1000) * unit;
            points[i] = new ChunkPoint(step, at, random.NextInt64(long.MinValue, long.MaxValue) >> scale, AnyValue(random));
        }

        AssertKept(points);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(257)]
    [InlineData(MetricChunk.MaximumCount)]
    public void A_noisy_loss_curve_takes_less_than_eight_bytes_a_point_and_comes_back(int count)
    {
        var points = Curve(count, value => value);
        var chunk = AssertKept(points);
        Assert.True(count < 100 || chunk.Length < 8 * count, $"{chunk.Length} bytes for {count} points.");
    }

    [Fact]
    public void A_loss_of_single_precision_takes_half_and_one_late_tick_little()
    {
        var points = Curve(4096, value => (float)value);
        Assert.InRange(AssertKept(points).Length / 4096.0, 0, 4.5);

        for (var i = 100; i < points.Length; i++)
        {
            var ticks = points[i].Ticks + (1_000_000L * (i / 100));
            points[i] = points[i] with { Ticks = ticks, Value = i % 100 == 0 ? double.NaN : points[i].Value };
        }

        Assert.InRange(AssertKept(points).Length / 4096.0, 0, 5);
    }

    [Property(MaxTest = 200)]
    public void A_damaged_chunk_is_said_to_be_damaged(int seed)
    {
        var random = new Random(seed);
        var chunk = MetricChunk.Write(Curve(random.Next(1, 400), value => value));
        var damaged = Damage(chunk, random);
        using var points = new PointList();
        if (!damaged.AsSpan().SequenceEqual(chunk) && !MetricChunk.IsNewer(damaged))
        {
            Assert.Throws<InvalidDataException>(() => MetricChunk.Read(damaged, points));
        }
    }

    [Property(MaxTest = 2000)]
    public void Damage_that_no_check_sum_shows_neither_crashes_nor_takes_memory(int seed)
    {
        var random = new Random(seed);
        var damaged = Damage(MetricChunk.Write(Curve(random.Next(1, 400), value => value))[..^4], random);
        using var points = new PointList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            MetricChunk.ReadContent(damaged, points);
        }
        catch (InvalidDataException)
        {
            // What it is for.
        }

        Assert.InRange(points.Count, 0, MetricChunk.MaximumCount);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Property(MaxTest = 500)]
    public void Extremes_come_back_and_damaged_ones_are_passed_over(int seed)
    {
        var random = new Random(seed);
        var points = Curve(random.Next(1, 500), value => random.Next(20) == 0 ? double.NaN : value);
        var bytes = ChunkExtremes.Write(points);

        var extremes = ChunkExtremes.Read(bytes, points.Length)!;

        var numbers = points.Select(point => point.Value).Where(value => !double.IsNaN(value)).ToList();
        Assert.All(extremes, extreme => Assert.Equal(points[extreme.Offset].Point, extreme.Point));
        if (numbers.Count > 0)
        {
            Assert.Equal(numbers.Min(), extremes[0].Point.Value);
            Assert.Equal(numbers.Max(), extremes[1].Point.Value);
        }

        Assert.Equal(numbers.Count < points.Length, extremes.Any(extreme => double.IsNaN(extreme.Point.Value)));
        if (ChunkExtremes.Read(Damage(bytes, random), points.Length) is { } damaged)
        {
            Assert.All(damaged, extreme => Assert.InRange(extreme.Offset, 0, points.Length - 1));
        }
    }

    private static ChunkPoint[] Curve(int count, Func<double, double> round)
    {
        var random = new Random(count);
        var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                at += 100_000 + (10 * random.Next(-500, 500));
                return new ChunkPoint(i, at, i, round(2 / Math.Sqrt((i / 100.0) + 1) * (1 + (0.1 * (random.NextDouble() - 0.5)))));
            }),
        ];
    }

    private static double AnyValue(Random random) => random.Next(8) switch
    {
        0 => double.NaN,
        1 => -0.0,
        2 => double.NegativeInfinity,
        3 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        4 => (float)random.NextDouble(),
        5 => random.Next(100),
        _ => random.NextDouble(),
    };

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            switch (damaged.Count == 0 ? 3 : random.Next(4))
            {
                case 0:
                    damaged[random.Next(damaged.Count)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged.RemoveAt(random.Next(damaged.Count));
                    break;
                case 2:
                    damaged = damaged[..random.Next(damaged.Count + 1)];
                    break;
                default:
                    damaged.Insert(random.Next(damaged.Count + 1), (byte)random.Next(256));
                    break;
            }
        }

        return [.. damaged];
    }

    private static byte[] AssertKept(ChunkPoint[] points)
    {
        var chunk = MetricChunk.Write(points);
        using var back = new PointList();
        MetricChunk.Read(chunk, back);
        Assert.Equal(points.Length, back.Count);
        for (var i = 0; i < points.Length; i++)
        {
            var (expected, actual) = (points[i], back.Points[i]);
            Assert.Equal((expected.Step, expected.Ticks, expected.Sequence), (actual.Step, actual.Ticks, actual.Sequence));
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected.Value), BitConverter.DoubleToInt64Bits(actual.Value));
        }

        return chunk;
    }
}
