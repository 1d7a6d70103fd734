using MlOps.Features;

namespace MlOps.Conformance;

/// <summary>What every online store promises.</summary>
public abstract class OnlineStoreConformance
{
    private static readonly DateTimeOffset _start = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    protected abstract Task<IOnlineStore> CreateAsync();

    [Fact]
    public async Task Rows_within_the_retention_of_the_newest_are_kept_and_older_ones_do_not_pile_up()
    {
        var store = await CreateAsync();
        for (var minute = 0; minute < 1000; minute++)
        {
            await WriteAsync(store, "v", [Row(minute)], TimeSpan.FromMinutes(60));
        }

        await WriteAsync(store, "v", [Row(950, "late")], TimeSpan.FromMinutes(60));

        var kept = (await ReadAsync(store)).Select(Minute).ToList();
        Assert.Subset(kept.ToHashSet(), Enumerable.Range(939, 61).Select(minute => (double)minute).ToHashSet());
        Assert.Equal(2, kept.Count(minute => minute == 950));
        Assert.True(kept.Count < 500, $"{kept.Count} of 1001 rows are still there");
        Assert.Equal(_start.AddMinutes(999), await store.GetNewestAsync("v"));
        Assert.Null(await store.GetNewestAsync("w"));
    }

    [Fact]
    public async Task With_no_retention_the_newest_is_kept_and_an_older_event_never_replaces_it()
    {
        var store = await CreateAsync();
        for (var minute = 0; minute < 500; minute++)
        {
            await WriteAsync(store, "v", [Row(minute)], TimeSpan.Zero);
        }

        await WriteAsync(store, "v", [Row(4, "z")], TimeSpan.Zero);

        var latest = await store.ReadAsync([new OnlineLookup("v", "k", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, LatestOnly: true)]);
        Assert.Equal(499, Minute(Assert.Single(latest[0])));
        Assert.True((await ReadAsync(store)).Count < 300);
    }

    [Fact]
    public async Task A_replay_adds_nothing_and_the_same_id_replaces()
    {
        var store = await CreateAsync();
        await WriteAsync(store, "v", [Row(1), Row(2), Row(2, "b")], TimeSpan.FromDays(1));
        await WriteAsync(store, "v", [Row(1), Row(2) with { Values = ["new"] }], TimeSpan.FromDays(1));

        var rows = await ReadAsync(store);
        Assert.Equal([1, 2, 2], rows.Select(Minute));
        Assert.Equal("new", rows[1].Values[0].AsText());
    }

    [Fact]
    public async Task Lookups_are_answered_in_order_with_open_start_and_closed_end()
    {
        var store = await CreateAsync();
        await WriteAsync(store, "v", [Row(1), Row(2), Row(3), Row(4)], TimeSpan.FromDays(1));

        var answers = await store.ReadAsync(
        [
            new OnlineLookup("v", "k", _start.AddMinutes(1), _start.AddMinutes(3), false),
            new OnlineLookup("v", "nobody", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, false),
            new OnlineLookup("v", "k", DateTimeOffset.MinValue, _start.AddMinutes(3), true),
        ]);

        Assert.Equal([2, 3], answers[0].Select(Minute));
        Assert.Empty(answers[1]);
        Assert.Equal(3, Minute(Assert.Single(answers[2])));
    }

    [Theory]
    [MemberData(nameof(HostileText.All), MemberType = typeof(HostileText))]
    public async Task Every_kind_of_value_and_any_text_comes_back(string text)
    {
        var store = await CreateAsync();
        FeatureValue[] values = [text, 1.5, double.NegativeInfinity, true, false, FeatureValue.Missing, _start];
        await WriteAsync(store, text, [new OnlineRow(text, _start, text, values)], TimeSpan.Zero);

        var answer = await store.ReadAsync([new OnlineLookup(text, text, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, true)]);
        var row = Assert.Single(answer[0]);
        Assert.Equal(text, row.Id);
        Assert.Equal(values, row.Values);
    }

    [Fact]
    public async Task One_write_fills_several_views()
    {
        var store = await CreateAsync();
        await store.WriteAsync(
        [
            new OnlineWrite { View = "v", Rows = [Row(1)] },
            new OnlineWrite { View = "empty", Rows = [] },
            new OnlineWrite { View = "w", Rows = [Row(2), Row(3)], Retention = TimeSpan.FromDays(1) },
        ]);

        Assert.Equal(_start.AddMinutes(1), await store.GetNewestAsync("v"));
        Assert.Equal(_start.AddMinutes(3), await store.GetNewestAsync("w"));
        Assert.Null(await store.GetNewestAsync("empty"));
    }

    [Fact]
    public async Task A_cleared_view_is_empty_and_takes_older_rows_than_it_held()
    {
        var store = await CreateAsync();
        await WriteAsync(store, "v", [Row(100)], TimeSpan.FromMinutes(60));
        await WriteAsync(store, "w", [Row(100)], TimeSpan.Zero);
        await ReadAsync(store);

        await store.ClearAsync("v");
        await store.ClearAsync("nobody");
        Assert.Empty(await ReadAsync(store));
        Assert.Null(await store.GetNewestAsync("v"));
        Assert.NotNull(await store.GetNewestAsync("w"));

        await WriteAsync(store, "v", [Row(1)], TimeSpan.FromMinutes(60));
        Assert.Equal(1, Minute(Assert.Single(await ReadAsync(store))));
        Assert.Equal(_start.AddMinutes(1), await store.GetNewestAsync("v"));
    }

    private static ValueTask WriteAsync(IOnlineStore store, string view, IReadOnlyList<OnlineRow> rows, TimeSpan retention) =>
        store.WriteAsync([new OnlineWrite { View = view, Rows = rows, Retention = retention }]);

    private static double Minute(OnlineRow row) => (row.EventTime - _start).TotalMinutes;

    private static OnlineRow Row(int minute, string id = "a") => new("k", _start.AddMinutes(minute), id, [minute]);

    private static async Task<IReadOnlyList<OnlineRow>> ReadAsync(IOnlineStore store) =>
        (await store.ReadAsync([new OnlineLookup("v", "k", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, false)]))[0];
}
