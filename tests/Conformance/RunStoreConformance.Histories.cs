using MlOps.Tracking;

namespace MlOps.Conformance;

public abstract partial class RunStoreConformance
{
    [Fact]
    public async Task A_history_of_many_batches_of_all_sizes_is_whole_and_in_order()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        var random = new Random(7);
        var sent = 0;
        while (sent < 30_000)
        {
            var size = Math.Min(30_000 - sent, random.Next(1, random.Next(4) switch { 0 => 2, 1 => 40, 2 => 600, _ => 9000 }));
            await store.AppendAsync(run, sent, Curve(sent, size));
            sent += size;
        }

        Assert.Equal(Enumerable.Range(0, 30_000).Select(Point), await reader.ReadHistoryAsync(run, "loss"));
    }

    [Fact]
    public async Task A_history_is_read_between_two_steps()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        for (var sent = 0; sent < 12_000; sent += 3000)
        {
            await store.AppendAsync(run, sent, Curve(sent, 3000));
        }

        Assert.Equal(
            Enumerable.Range(2990, 3021).Select(Point),
            await reader.ReadHistoryAsync(run, "loss", new MetricHistoryOptions { FromStep = 2990, ToStep = 6010 }));
        Assert.Equal(
            Enumerable.Range(11_998, 2).Select(Point),
            await reader.ReadHistoryAsync(run, "loss", new MetricHistoryOptions { FromStep = 11_998 }));
        Assert.Equal(
            Enumerable.Range(0, 3).Select(Point), await reader.ReadHistoryAsync(run, "loss", new MetricHistoryOptions { ToStep = 2 }));
        Assert.Empty(await reader.ReadHistoryAsync(run, "loss", new MetricHistoryOptions { FromStep = 5, ToStep = 4 }));
        Assert.Empty(await reader.ReadHistoryAsync(run, "loss", new MetricHistoryOptions { FromStep = 12_000 }));
        Assert.Empty(await reader.ReadHistoryAsync(run, "other"));
    }

    [Fact]
    public async Task A_downsampled_history_keeps_its_ends_its_extremes_and_its_NaN()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        var values = Enumerable.Range(0, 50_000).Select(i => Math.Sin(i / 1000.0)).ToArray();
        values[12_345] = 40;
        values[12_346] = -50;
        values[30_000] = double.NaN;
        values[41_000] = double.PositiveInfinity;
        for (var sent = 0; sent < values.Length; sent += 5000)
        {
            await store.AppendAsync(
                run,
                sent,
                Enumerable.Range(sent, 5000).Select(i => RunEvent.Metric("loss", values[i], i) with { Timestamp = At(i) }).ToArray());
        }

        var drawn = await reader.ReadHistoryAsync(run, "loss", new MetricHistoryOptions { MaximumPoints = 200 });

        Assert.InRange(drawn.Count, 100, 200);
        Assert.Equal(drawn.Select(point => point.Step).Distinct().Order(), drawn.Select(point => point.Step));
        Assert.All(drawn, point => Assert.Equal(values[point.Step], point.Value));
        Assert.Equal([0L, 12_345, 12_346, 30_000, 41_000, 49_999], drawn.Select(point => point.Step)
            .Where(step => step is 0 or 12_345 or 12_346 or 30_000 or 41_000 or 49_999));
        Assert.Equal(
            values.Length, (await reader.ReadHistoryAsync(run, "loss", new MetricHistoryOptions { MaximumPoints = values.Length })).Count);
    }

    [Fact]
    public async Task Steps_that_begin_anew_and_points_that_come_late_are_sorted_by_step_time_and_arrival()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        var random = new Random(3);
        var points = Enumerable.Range(0, 9000)
            .Select(i => new MetricPoint(random.Next(50), i, _start.AddSeconds(random.Next(20)))).ToList();
        for (var sent = 0; sent < points.Count; sent += 450)
        {
            await store.AppendAsync(
                run,
                sent,
                points[sent..(sent + 450)].Select(p => RunEvent.Metric("x", p.Value, p.Step) with { Timestamp = p.Timestamp }).ToArray());
        }

        var sorted = points.OrderBy(point => point.Step).ThenBy(point => point.Timestamp).ToList();
        Assert.Equal(sorted, await reader.ReadHistoryAsync(run, "x"));
        Assert.Equal(
            sorted.Where(point => point.Step is >= 10 and <= 20),
            await reader.ReadHistoryAsync(run, "x", new MetricHistoryOptions { FromStep = 10, ToStep = 20 }));
        var drawn = await reader.ReadHistoryAsync(run, "x", new MetricHistoryOptions { MaximumPoints = 100 });
        Assert.Equal(drawn, sorted.Where(drawn.Contains));
        Assert.Equal([sorted[0], sorted[^1]], [drawn[0], drawn[^1]]);
        Assert.Contains(drawn, point => point.Value == 8999);
        Assert.Contains(drawn, point => point.Value == 0);
    }

    [Fact]
    public async Task Metrics_of_one_batch_do_not_mix_and_every_bit_of_a_value_is_kept()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        double[] values = [0.0, -0.0, double.NaN, BitConverter.Int64BitsToDouble(-1), double.NegativeInfinity, 1e-320, 0.1, 1.0 / 3];
        await store.AppendAsync(
            run, 0, values.SelectMany((value, i) => new[] { RunEvent.Metric("a", value, i), RunEvent.Metric("b", -value, i) }).ToArray());

        Assert.Equal(values.Select(Bits), (await reader.ReadHistoryAsync(run, "a")).Select(point => Bits(point.Value)));
        Assert.Equal(values.Select(value => Bits(-value)), (await reader.ReadHistoryAsync(run, "b")).Select(point => Bits(point.Value)));

        static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
    }

    private static DateTimeOffset At(int i) => _start.AddTicks((i * 100_000L) + (i * 7919L % 1000));

    private static MetricPoint Point(int i) => new(i, 1 / Math.Sqrt(i + 1) * (1 + (0.05 * Math.Sin(i * 12.9898))), At(i));

    private static ReadOnlyMemory<RunEvent> Curve(int first, int count) => Enumerable.Range(first, count)
        .Select(i => RunEvent.Metric("loss", Point(i).Value, i) with { Timestamp = At(i) }).ToArray();
}
