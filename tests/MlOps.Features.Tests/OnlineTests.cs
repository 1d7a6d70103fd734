using FsCheck.Xunit;
using MlOps.Testing;

namespace MlOps.Features.Tests;

public sealed class OnlineTests
{
    private static readonly FeatureView View = FeatureView.Define("v", ["key", "kind"], "source", "time", v => v
        .Mean("mean", "x", TimeSpan.FromHours(3)).Sum("sum", "x", TimeSpan.FromHours(5)).Count("count", "label", TimeSpan.FromHours(2))
        .Max("max", "x", TimeSpan.FromHours(1)).Retain(TimeSpan.FromDays(9)));

    private static readonly FeatureView Last = FeatureView.Define("last", ["key"], "source", "time", v => v.Latest("label_now", "label"));

    private static readonly FeatureService Service = FeatureService.Define("s", s => s
        .FromRequest("amount").From(View).From(Last).Compute("ratio", ["amount", "mean"], row => row.Number("amount") / row.Number("mean"))
        .Compute("hour", ["at"], row => row.Time("at").Hour));

    [Property]
    public void Offline_and_online_give_the_same_values((byte Key, byte Time, int Value)[] rows, byte key)
    {
        if (rows.Length == 0)
        {
            return;
        }

        var token = TestContext.Current.CancellationToken;
        var source = new Rows().Text("key", [.. rows.Select(row => $"k{row.Key % 2}")]).Number("kind", [.. rows.Select(row => (double?)(row.Key % 3))])
            .Hours("time", [.. rows.Select(row => (double?)(row.Time % 8))]).Number("x", [.. rows.Select(row => (double?)row.Value / 7)])
            .Text("label", [.. rows.Select(row => row.Value % 4 == 0 ? null : $"l{row.Value}")]).As("rows");
        var spine = new Rows().Text("key", $"k{key % 2}").Number("kind", key % 3).Hours("at", 8).Number("amount", 5).As("spine");
        var store = new FeatureStore(new InMemoryOnlineStore());
        Check().GetAwaiter().GetResult();

        async Task Check()
        {
            await store.PushAsync(View, source, token);
            await store.PushAsync(View, source, token);
            await store.PushAsync(Last, source, token);
            var online = await store.GetOnlineAsync(
                Service,
                new FeatureRequest(Rows.At(8)) { ["key"] = $"k{key % 2}", ["kind"] = key % 3, ["amount"] = 5, ["at"] = Rows.At(8) },
                token);
            var offline = await store.GetHistoricalAsync(
                new HistoricalFeatureRequest { Spine = spine, EventTime = "at", Features = Service, Sources = { ["source"] = source } }, token);
            foreach (var name in Service.Names)
            {
                var past = Assert.Single(await Rows.ReadAsync(offline, name));
                if (past.Kind == FeatureValueKind.Number && double.IsFinite(past.AsNumber()))
                {
                    Assert.Equal(past.AsNumber(), online[name].AsNumber(), 1e-12 * Math.Max(1, Math.Abs(past.AsNumber())));
                }
                else
                {
                    Assert.Equal(past, online[name]);
                }
            }
        }
    }

    [Fact]
    public async Task Entities_whose_parts_run_together_stay_apart()
    {
        var token = TestContext.Current.CancellationToken;
        var view = FeatureView.Define("pair", ["a", "b"], "source", "time", v => v.Latest("x", "x"));
        var store = new FeatureStore(new InMemoryOnlineStore());
        await store.PushAsync(view, new Rows().Text("a", "1s:2", "1").Text("b", "3", "2s:3").Hours("time", 1, 1).Number("x", 1, 2).As("rows"), token);
        var service = FeatureService.Define("s", s => s.From(view, "x"));
        Assert.Equal(1, (await store.GetOnlineAsync(service, new FeatureRequest(Rows.At(2)) { ["a"] = "1s:2", ["b"] = "3" }, token))["x"].AsNumber());
        Assert.Equal(2, (await store.GetOnlineAsync(service, new FeatureRequest(Rows.At(2)) { ["a"] = "1", ["b"] = "2s:3" }, token))["x"].AsNumber());
        Assert.True((await store.GetOnlineAsync(service, new FeatureRequest(Rows.At(0)) { ["a"] = "1", ["b"] = "2s:3" }, token))["x"].IsMissing);
    }

    [Fact]
    public async Task Materializing_starts_at_the_newest_row_held()
    {
        var token = TestContext.Current.CancellationToken;
        var source = new Rows().Text("key", "a", "a", "a").Hours("time", 1, 2, 3).Text("label", "x", "y", "z").As("rows");
        var store = new FeatureStore(new InMemoryOnlineStore());
        Assert.Equal(2, await store.MaterializeAsync(Last, source, null, Rows.At(2), token));
        Assert.Equal(2, await store.MaterializeAsync(Last, source, null, Rows.At(9), token));
        var service = FeatureService.Define("s", s => s.From(Last));
        Assert.Equal("z", (await store.GetOnlineAsync(service, new FeatureRequest(Rows.At(9)) { ["key"] = "a" }, token))["label_now"].AsText());
    }
}
