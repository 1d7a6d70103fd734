using FsCheck.Xunit;
using MlOps.Testing;

namespace MlOps.Features.Tests;

public sealed class PointInTimeTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(3);

    private static FeatureView View(bool created = false, string? id = null) => FeatureView.Define("v", ["key"], "source", "time", v =>
    {
        v.Latest("latest", "x").Latest("fresh", "x", Window)
            .Mean("mean", "x", Window).Sum("sum", "x", Window).Count("count", "x", Window).Min("min", "x", Window).Max("max", "x", Window);
        if (created)
        {
            v.Created("created");
        }

        if (id is not null)
        {
            v.Id(id);
        }
    });

    private static async Task<double[]> JoinAsync(FeatureView view, string feature, Rows source, Rows spine, bool onlyKnown = true)
    {
        var table = await new FeatureStore(new InMemoryOnlineStore()).GetHistoricalAsync(
            new HistoricalFeatureRequest
            {
                Spine = spine.As("spine"),
                EventTime = "at",
                Features = FeatureService.Define("s", s => s.From(view, feature)),
                Sources = { ["source"] = source.As("rows") },
                OnlyKnown = onlyKnown,
            },
            TestContext.Current.CancellationToken);
        return [.. (await Rows.ReadAsync(table, feature)).Select(value => value.AsNumber())];
    }

    private static async Task ExpectAsync(double[] expected, Task<double[]> joined)
    {
        var actual = await joined;
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task A_window_excludes_its_start_and_includes_its_end()
    {
        var source = new Rows().Text("key", "a", "a", "a").Hours("time", 1, 2, 4).Number("x", 1, 10, 100);
        var spine = new Rows().Text("key", "a", "a", "a", "b").Hours("at", 4, 3.999, 0.5, 4);
        await ExpectAsync([110, 11, double.NaN, double.NaN], JoinAsync(View(), "sum", source, spine));
        await ExpectAsync([2, 2, 0, 0], JoinAsync(View(), "count", source, spine));
    }

    [Fact]
    public async Task An_age_limit_is_inclusive_and_the_latest_row_counts_even_at_the_same_instant()
    {
        var source = new Rows().Text("key", "a").Hours("time", 1).Number("x", 7);
        var spine = new Rows().Text("key", "a", "a", "a").Hours("at", 1, 4, 4.001);
        await ExpectAsync([7, 7, double.NaN], JoinAsync(View(), "fresh", source, spine));
        await ExpectAsync([7, 7, 7], JoinAsync(View(), "latest", source, spine));
    }

    [Fact]
    public async Task Ties_go_to_the_row_created_last_and_then_to_the_last_in_the_source()
    {
        var source = new Rows().Text("key", "a", "a", "a").Hours("time", 1, 1, 1).Hours("created", 3, 3, 2).Number("x", 1, 2, 3);
        var spine = new Rows().Text("key", "a").Hours("at", 5);
        await ExpectAsync([2], JoinAsync(View(created: true), "latest", source, spine));
        await ExpectAsync([3], JoinAsync(View(), "latest", source, spine));
    }

    [Fact]
    public async Task What_was_not_known_yet_is_not_used_unless_asked_for()
    {
        var source = new Rows().Text("key", "a", "a").Hours("time", 1, 2).Hours("created", 1, 9).Number("x", 1, 10);
        var spine = new Rows().Text("key", "a", "a").Hours("at", 3, 9.5);
        await ExpectAsync([1, 10], JoinAsync(View(created: true), "latest", source, spine));
        await ExpectAsync([1, double.NaN], JoinAsync(View(created: true), "sum", source, spine));
        await ExpectAsync([11, double.NaN], JoinAsync(View(created: true), "sum", source, spine, onlyKnown: false));
    }

    [Fact]
    public async Task A_row_with_the_id_of_an_earlier_one_corrects_it_once_it_is_known()
    {
        var source = new Rows().Text("key", "a", "a").Hours("time", 1, 1).Hours("created", 1, 3).Text("id", "i", "i").Number("x", 1, 10);
        var spine = new Rows().Text("key", "a", "a").Hours("at", 2, 3);
        await ExpectAsync([1, 10], JoinAsync(View(created: true, id: "id"), "sum", source, spine));
        await ExpectAsync([10, 10], JoinAsync(View(id: "id"), "sum", source, spine));
    }

    [Property]
    public void Every_spine_row_has_what_a_brute_force_scan_finds((byte Key, byte Time, short Value)[] rows, (byte Key, byte Time)[] spine)
    {
        if (rows.Length == 0 || spine.Length == 0)
        {
            return;
        }

        var source = new Rows().Text("key", [.. rows.Select(row => $"k{row.Key % 3}")]).Hours("time", [.. rows.Select(row => (double?)(row.Time % 16))])
            .Number("x", [.. rows.Select(row => row.Value % 9 == 0 ? null : (double?)row.Value / 8)]);
        var events = new Rows().Text("key", [.. spine.Select(row => $"k{row.Key % 4}")]).Hours("at", [.. spine.Select(row => (double?)(row.Time % 16))]);
        foreach (var (feature, fold) in new (string, Func<List<double>, double>)[]
        {
            ("mean", values => values.Count == 0 ? double.NaN : values.Average()),
            ("sum", values => values.Count == 0 ? double.NaN : values.Sum()),
            ("count", values => values.Count),
            ("min", values => values.Count == 0 ? double.NaN : values.Min()),
            ("max", values => values.Count == 0 ? double.NaN : values.Max()),
        })
        {
            var expected = spine.Select(at => fold([.. rows
                .Where(row => row.Value % 9 != 0 && $"k{row.Key % 3}" == $"k{at.Key % 4}" && row.Time % 16 <= at.Time % 16 && row.Time % 16 > (at.Time % 16) - 3)
                .Select(row => row.Value / 8.0)]));
            Assert.Equal(expected, JoinAsync(View(), feature, source, events).GetAwaiter().GetResult(), (left, right) => left.Equals(right) || Math.Abs(left - right) < 1e-9);
        }
    }
}
