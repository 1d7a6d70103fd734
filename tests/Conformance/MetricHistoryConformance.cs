using MlOps.Data;

namespace MlOps.Conformance;

/// <summary>What every history of metrics promises.</summary>
public abstract class MetricHistoryConformance
{
    private static readonly DateTimeOffset _start = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2));

    protected abstract Task<IMetricHistory> CreateAsync();

    [Fact]
    public async Task The_latest_points_of_a_series_come_the_oldest_first_whatever_the_order_of_appends()
    {
        var history = await CreateAsync();
        await history.AppendAsync([Point("a", 3, 30), Point("b", 1, -1), Point("a", 1, 10)]);
        await history.AppendAsync([Point("a", 2, 20), Point("a", 3, 31), Point("A", 4, 99)]);
        await history.AppendAsync([]);
        Assert.Equal([10.0, 20, 30, 31], (await history.ReadAsync("a", 100)).Select(point => point.Value));
        Assert.Equal([30.0, 31], (await history.ReadAsync("a", 2)).Select(point => point.Value));
        Assert.Equal([99.0], (await history.ReadAsync("A", 5)).Select(point => point.Value));
        Assert.Empty(await history.ReadAsync("none", 5));
    }

    [Theory]
    [MemberData(nameof(HostileText.All), MemberType = typeof(HostileText))]
    public async Task A_point_comes_back_as_it_was_its_time_in_utc(string text)
    {
        var history = await CreateAsync();
        double[] values = [0.1 + 0.2, double.Epsilon, double.MinValue, -0.0, 1e300];
        MetricHistoryPoint[] points =
        [
            .. values.Select((value, i) => new MetricHistoryPoint
            {
                Series = text,
                Time = _start.AddTicks(i),
                Value = value,
                Reference = i % 2 == 0 ? text : null,
            }),
        ];
        await history.AppendAsync(points);
        var read = await history.ReadAsync(text, 10);
        Assert.Equal(points, read);
        Assert.All(read, point => Assert.Equal(TimeSpan.Zero, point.Time.Offset));
    }

    [Fact]
    public async Task Points_that_nothing_can_be_compared_with_are_refused_and_none_is_added()
    {
        var history = await CreateAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => history.AppendAsync([Point("a", 1, 1), Point("a", 2, double.NaN)]));
        await Assert.ThrowsAsync<ArgumentException>(() => history.AppendAsync([Point("a", 1, 1), Point("a", 2, double.PositiveInfinity)]));
        await Assert.ThrowsAsync<ArgumentException>(() => history.AppendAsync([Point("a", 1, 1), Point(" ", 2, 1)]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => history.ReadAsync("a", 0));
        Assert.Empty(await history.ReadAsync("a", 5));
    }

    [Fact]
    public async Task Appends_from_many_threads_all_arrive()
    {
        var history = await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 12; i++)
            {
                await history.AppendAsync([Point("a", (writer * 100) + i, (writer * 100) + i), Point("b", i, i)]);
            }
        })));
        Assert.Equal(
            Enumerable.Range(0, 8).SelectMany(writer => Enumerable.Range(0, 12).Select(i => (double)((writer * 100) + i))),
            (await history.ReadAsync("a", 1000)).Select(point => point.Value));
        Assert.Equal(96, (await history.ReadAsync("b", 1000)).Count);
    }

    private static MetricHistoryPoint Point(string series, int day, double value) => new() { Series = series, Time = _start.AddDays(day), Value = value };
}
