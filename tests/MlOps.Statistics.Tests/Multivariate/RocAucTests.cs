namespace MlOps.Statistics.Tests.Multivariate;

public sealed class RocAucTests
{
    [Fact]
    public void Scores_without_relation_are_flagged_one_time_in_twenty_and_intervals_cover()
    {
        var alarms = Tables.Alarms(1000, draws =>
            RocAuc.DeLong(draws.Normals(80), [.. Enumerable.Range(0, 80).Select(i => i % 3 == 0)]).PValueGreater);
        Assert.InRange(alarms, 0.03, 0.07);
        var truth = 0.7602499389065233; // Φ(1/√2): normal scores one standard deviation apart.
        var covered = Enumerable.Range(0, 500).Count(trial =>
        {
            var draws = new Draws((ulong)trial + 5000);
            bool[] labels = [.. Enumerable.Range(0, 120).Select(i => i % 2 == 0)];
            var found = RocAuc.DeLong([.. labels.Select(l => (l ? 1 : 0) + draws.Normal())], labels);
            return found.Lower <= truth && truth <= found.Upper;
        });
        Assert.InRange(covered / 500.0, 0.92, 0.98);
    }

    [Fact]
    public void A_perfect_separation_of_few_rows_is_no_certainty()
    {
        var found = RocAuc.DeLong([1, 2, 3, 4], [false, false, true, true]);
        Assert.Equal(1, found.Area);
        Assert.Equal(0, found.StandardError);
        Assert.InRange(found.PValueGreater, 0.01, 0.1);
        Assert.Equal(1, RocAuc.DeLong([1, 1, 1, 1], [false, false, true, true]).PValueGreater);
        Assert.Equal(1, RocAuc.DeLong([], []).PValueGreater);
        Assert.Equal(1, RocAuc.DeLong([1, 2], [true, true]).PValueGreater);
        Assert.Throws<ArgumentOutOfRangeException>(() => RocAuc.DeLong([1, 2], [true, true], 1));
    }

    [Fact]
    public void Negated_scores_mirror_the_area()
    {
        var draws = new Draws(7);
        double[] scores = [.. draws.Normals(99), double.PositiveInfinity];
        bool[] labels = [.. scores.Select(_ => draws.Below(2) == 0)];
        var found = RocAuc.DeLong(scores, labels);
        var mirrored = RocAuc.DeLong([.. scores.Select(s => -s)], labels);
        Assert.Equal(found.Area, 1 - mirrored.Area, 1e-12);
        Assert.Equal(found.StandardError, mirrored.StandardError, 1e-12);
        Assert.Equal(1, found.PValueGreater + mirrored.PValueGreater, 1e-12);
    }
}
