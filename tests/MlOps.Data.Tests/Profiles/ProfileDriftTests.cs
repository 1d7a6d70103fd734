using MlOps.Statistics;

namespace MlOps.Data.Tests.Profiles;

public sealed class ProfileDriftTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Profiles_tell_what_moved_and_what_did_not()
    {
        var reference = await ProfileAsync(seed: 1, rows: 40_000);
        var current = await ProfileAsync(seed: 2, rows: 40_000, shift: 0.5, share: 0.7, missing: 0.2);
        var drift = current.DriftFrom(reference);
        Assert.True(drift.HasDrift);
        Assert.Equal(
            [("class", "values"), ("moved", "values"), ("steady", "missing")],
            drift.Findings.Where(
                finding => finding.Decision == SketchDecision.Drift).Select(finding => (finding.Column, finding.Aspect)).Order());
        var moved = drift.Findings.Single(finding => finding is { Column: "moved", Aspect: "values" });
        Assert.True(moved.Effect.Contains(0.197), $"{moved.Effect}");
        Assert.Equal(SketchDecision.NoDrift, drift.Findings.Single(finding => finding is { Column: "steady", Aspect: "values" }).Decision);
        Assert.Equal(SketchDecision.Undecided, drift.Findings.Single(finding => finding is { Column: "id", Aspect: "values" }).Decision);
        Assert.DoesNotContain(drift.Findings, finding => finding is { Column: "at", Aspect: "values" });
        Assert.All(drift.ToText().Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
    }

    [Fact]
    public async Task Profiles_of_equal_data_are_not_called_drift_though_their_sketches_differ()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var drift = (await ProfileAsync(seed, 20_000)).DriftFrom(await ProfileAsync(seed + 100, 30_000));
            Assert.False(drift.HasDrift, drift.ToText());
        }
    }

    [Fact]
    public async Task Columns_that_are_gone_new_or_of_another_kind_are_drift()
    {
        var before = await Dataset.FromEnumerable(
            "a", Enumerable.Range(0, 10), c => c.Column("x", i => i).Column("y", i => i)).ProfileAsync(cancellationToken: Token);
        var now = await Dataset.FromEnumerable(
            "a", Enumerable.Range(0, 10), c => c.Column("x", i => $"{i}").Column("z", i => i)).ProfileAsync(cancellationToken: Token);
        Assert.Equal(
            ["x", "y", "z"], now.DriftFrom(before).Findings.Where(finding => finding.Aspect == "column").Select(finding => finding.Column));
    }

    private static Task<DataProfile> ProfileAsync(int seed, int rows, double shift = 0, double share = 0.5, double missing = 0)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Dataset.FromEnumerable("rows", Enumerable.Range(0, rows), c => c
            .Column("moved", _ => Normal() + shift)
            .Column("steady", _ => random.NextDouble() < missing ? (double?)null : Normal())
            .Column("class", _ => random.NextDouble() < share ? "a" : "b")
            .Column("id", i => $"{seed} {i}")
            .Column("at", i => DateTimeOffset.UnixEpoch.AddDays(seed).AddSeconds(i))).ProfileAsync(cancellationToken: Token);
    }
}
