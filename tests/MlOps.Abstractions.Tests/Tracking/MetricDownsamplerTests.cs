using FsCheck.Xunit;
using MlOps.Tracking;

namespace MlOps.Abstractions.Tests.Tracking;

public sealed class MetricDownsamplerTests
{
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_spike_and_a_dip_among_a_million_points_are_among_the_thousand_that_remain()
    {
        var points = Points(Enumerable.Range(0, 1_000_000)
            .Select(i => i switch { 500_000 => 9.0, 500_001 => -9.0, _ => Math.Sin(i / 1e5) }));

        var drawn = Reduce(points, 1000);

        Assert.InRange(drawn.Count, 900, 1000);
        Assert.Contains(points[500_000], drawn);
        Assert.Contains(points[500_001], drawn);
    }

    [Fact]
    public void A_short_history_stays_as_it_is()
    {
        var points = Points([3, double.NaN, 1, 2, 7]);
        Assert.Equal(points, Reduce(points, 5));
        Assert.Empty(Reduce([], 5));
    }

    [Fact]
    public void No_history_is_drawn_with_fewer_than_five_points()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MetricHistoryOptions { MaximumPoints = 4 });
        Assert.Null(new MetricHistoryOptions { MaximumPoints = null }.MaximumPoints);
    }

    [Property(MaxTest = 1000)]
    public void Ends_and_extremes_of_every_part_remain_in_order_and_within_the_number_asked_for(int seed)
    {
        var random = new Random(seed);
        var points = Points(Values(random));
        var maximum = random.Next(5, 60);

        var drawn = Reduce(points, maximum);

        Assert.InRange(drawn.Count, Math.Min(points.Count, 1), maximum);
        Assert.Equal(points.Where(drawn.Contains), drawn);
        if (points.Count == 0)
        {
            return;
        }

        Assert.Equal((points[0], points[^1]), (drawn[0], drawn[^1]));
        foreach (var part in Parts(points, maximum))
        {
            var numbers = part.Where(point => !double.IsNaN(point.Value)).ToList();
            if (numbers.Count > 0)
            {
                Assert.Contains(numbers.MinBy(point => point.Value), drawn);
                Assert.Contains(numbers.MaxBy(point => point.Value), drawn);
            }

            Assert.Equal(numbers.Count < part.Count, part.Exists(point => double.IsNaN(point.Value) && drawn.Contains(point)));
        }
    }

    [Property(MaxTest = 1000)]
    public void Points_given_by_their_extremes_are_drawn_as_if_given_one_by_one(int seed)
    {
        var random = new Random(seed);
        var points = Points(Values(random));
        var maximum = random.Next(5, 60);
        var hasNaN = points.Exists(point => double.IsNaN(point.Value));
        var downsampler = new MetricDownsampler(points.Count, maximum, hasNaN);
        for (var i = 0; i < points.Count;)
        {
            var count = Math.Min(points.Count - i, random.Next(1, 30));
            if (count <= downsampler.Skippable)
            {
                downsampler.Skip(count, [.. Extremes(points[i..(i + count)])]);
                i += count;
            }
            else
            {
                downsampler.Add(points[i++]);
            }
        }

        Assert.Equal(Reduce(points, maximum), downsampler.Complete());
    }

    [Fact]
    public void More_or_fewer_points_than_said_are_refused()
    {
        var downsampler = new MetricDownsampler(1, 5, false);
        Assert.Throws<InvalidOperationException>(() => downsampler.Complete());
        downsampler.Add(default);
        Assert.Throws<InvalidOperationException>(() => downsampler.Add(default));
        Assert.Throws<InvalidOperationException>(() => downsampler.Skip(1));
    }

    private static IEnumerable<(int, MetricPoint)> Extremes(List<MetricPoint> points)
    {
        var ranked = points.Select((point, i) => (Offset: i, Point: point)).ToList();
        var numbers = ranked.Where(item => !double.IsNaN(item.Point.Value)).ToList();
        if (numbers.Count > 0)
        {
            yield return numbers.MinBy(item => item.Point.Value);
            yield return numbers.MaxBy(item => item.Point.Value);
        }

        if (numbers.Count < ranked.Count)
        {
            yield return ranked.First(item => double.IsNaN(item.Point.Value));
        }
    }

    // The definition, written out: all points but the first and the last, in parts of equal numbers.
    private static IEnumerable<List<MetricPoint>> Parts(List<MetricPoint> points, int maximum)
    {
        if (points.Count <= maximum)
        {
            return points.Select(point => new List<MetricPoint> { point });
        }

        var parts = (maximum - 2) / (points.Exists(point => double.IsNaN(point.Value)) ? 3 : 2);
        var inner = points.Count - 2;
        return Enumerable.Range(0, parts).Select(part => points[(1 + (inner * part / parts))..(1 + (inner * (part + 1) / parts))]);
    }

    private static IReadOnlyList<MetricPoint> Reduce(List<MetricPoint> points, int maximum)
    {
        var downsampler = new MetricDownsampler(points.Count, maximum, points.Exists(point => double.IsNaN(point.Value)));
        points.ForEach(point => downsampler.Add(point));
        return downsampler.Complete();
    }

    private static IEnumerable<double> Values(Random random)
    {
        var oddity = random.Next(2, 40);
        return Enumerable.Range(0, random.Next(400)).Select(_ => random.Next(oddity) switch
        {
            0 => random.Next(5) switch
            {
                0 => double.NaN,
                1 => double.PositiveInfinity,
                2 => double.NegativeInfinity,
                3 => -0.0,
                _ => 1e300,
            },
            1 => random.Next(3),
            _ => random.NextDouble(),
        });
    }

    private static List<MetricPoint> Points(IEnumerable<double> values) =>
        [.. values.Select((value, i) => new MetricPoint(i, value, _start))];
}
