namespace MlOps.Statistics.Tests.Streaming;

public sealed class KswinTests
{
    [Theory]
    [InlineData(0.005, 100, 30, 0UL, false)]
    [InlineData(0.0001, 100, 30, 7UL, false)]
    [InlineData(0.05, 40, 20, 3UL, true)]
    [InlineData(0.02, 61, 11, 9UL, true)]
    public void Each_answer_is_that_of_the_exact_test_on_the_same_draw(double alpha, int window, int recent, ulong seed, bool ties)
    {
        var detector = new Kswin(alpha, window, recent, seed);
        var draws = new Draws(seed);
        var values = new List<double>();
        var drifts = 0;
        foreach (var raw in Detectors.Steps(seed + 1, 2_000, 300))
        {
            var value = ties ? Math.Round(raw) : raw;
            values.Add(value);
            var expected = false;
            if (values.Count > window)
            {
                values.RemoveAt(0);
            }

            if (values.Count == window)
            {
                var older = Draw(draws, window - recent, recent).Select(age => values[age]).ToArray();
                var newer = values.TakeLast(recent).ToArray();
                var (statistic, p) = KolmogorovSmirnov.Test(older, newer);
                expected = p <= alpha && statistic > 0.1;
                if (expected)
                {
                    values.RemoveRange(0, window - recent);
                }
            }

            Assert.Equal(expected, detector.Update(value) == DetectorState.Drift);
            drifts += expected ? 1 : 0;
        }

        Assert.InRange(drifts, 5, 1_000);
    }

    [Fact]
    public void A_change_of_spread_alone_is_seen()
    {
        var detector = new Kswin(alpha: 1e-4);
        var drifts = new List<int>();
        double[] values = [.. new Draws(1).Normals(500), .. new Draws(2).Normals(500, 0, 6)];
        for (var i = 0; i < values.Length; i++)
        {
            if (detector.Update(values[i]) == DetectorState.Drift)
            {
                drifts.Add(i);
            }
        }

        Assert.Contains(drifts, i => i is > 500 and < 560);
    }

    [Fact]
    public void One_extreme_value_never_makes_or_hides_an_alarm()
    {
        double[] values = [.. new Draws(3).Normals(300), .. new Draws(4).Normals(100, 3)];
        const int Largest = 150;
        values[Largest] = 50;
        foreach (var extreme in new[] { 1e308, double.PositiveInfinity })
        {
            var (plain, hit) = (new Kswin(), new Kswin());
            for (var i = 0; i < values.Length; i++)
            {
                // The extreme value takes the place of the largest of every window it is in, so that no rank changes.
                Assert.Equal(plain.Update(values[i]), hit.Update(i == Largest ? extreme : values[i]));
            }
        }
    }

    // Floyd's draw without replacement, as the detector documents nothing but its seed: the same generator, one draw for each item.
    private static HashSet<int> Draw(Draws draws, int population, int count)
    {
        var drawn = new HashSet<int>();
        for (var last = population - count; last < population; last++)
        {
            var age = (int)Math.BigMul(draws.Next(), (ulong)(last + 1), out _);
            drawn.Add(drawn.Contains(age) ? last : age);
        }

        return drawn;
    }
}
