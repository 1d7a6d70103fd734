namespace MlOps.Statistics.Tests.Sequential;

public sealed class ConfidenceSequenceTests
{
    private const double Most = 0.05 + (3 * 0.0069);

    [Fact]
    public void The_mean_of_normal_values_is_seldom_ever_outside() =>
        Assert.InRange(Missed(1, () => new NormalMixtureSequence(3, tunedFor: 100), 7, draws => 7 + (3 * draws.Normal())), 0.001, Most);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.05)]
    public void The_mean_of_bounded_values_is_seldom_ever_outside(double rate)
    {
        Assert.InRange(
            Missed(2, () => new EmpiricalBernsteinSequence(lower: -1, upper: 3), -1 + (4 * rate), draws => draws.Uniform() < rate ? 3 : -1), 0, Most);
        Assert.InRange(Missed(3, () => new BettingSequence(grid: 100), rate, draws => draws.Uniform() < rate ? 1 : 0), 0.0001, Most);
    }

    [Fact]
    public void The_bounds_narrow_and_betting_is_the_narrowest()
    {
        var (betting, bernstein, normal) = (new BettingSequence(), new EmpiricalBernsteinSequence(), new NormalMixtureSequence(0.5));
        var draws = new Draws(4);
        var widths = new List<(double, double, double)>();
        for (var i = 1; i <= 10_000; i++)
        {
            var value = 0.4 + (0.2 * draws.Uniform());
            betting.Update(value);
            bernstein.Update(value);
            normal.Update(value);
            if (i is 100 or 1_000 or 10_000)
            {
                widths.Add((Width(betting), Width(bernstein), Width(normal)));
                Assert.All([betting.Bounds, bernstein.Bounds, normal.Bounds], bounds => Assert.True(bounds.Contains(0.5)));
            }
        }

        Assert.All(widths, width => Assert.True(width.Item1 < width.Item2 && width.Item1 < width.Item3, $"{width}"));

        // A deviation of 0.058 is learnt: 0.5 is what is known without the values.
        Assert.InRange(Width(betting), 0.002, 0.008);
        Assert.InRange(Width(bernstein), 0.002, 0.012);
        Assert.InRange(Width(normal), 0.03, 0.06);
    }

    [Fact]
    public void The_grid_excludes_a_mean_when_either_gambler_reaches_the_limit()
    {
        var sequence = new BettingSequence(grid: 20);
        var tests = Enumerable.Range(1, 19).Select(i => (
            Mean: i / 20.0,
            Rise: new BettingMeanTest(i / 20.0, alternative: ShiftDirection.Up),
            Fall: new BettingMeanTest(i / 20.0, alternative: ShiftDirection.Down))).ToList();
        var draws = new Draws(5);
        for (var t = 0; t < 2_000; t++)
        {
            var value = draws.Uniform() < 0.3 ? 1.0 : 0.0;
            var bounds = sequence.Update(value);
            foreach (var (mean, rise, fall) in tests)
            {
                rise.Update(value);
                fall.Update(value);
                var excluded = rise.Evidence.RejectsAt(0.025) || fall.Evidence.RejectsAt(0.025);

                // A bound is an excluded grid point, so that what lies strictly inside is what is not excluded.
                Assert.Equal(!excluded, mean > bounds.Lower && mean < bounds.Upper);
            }
        }

        Assert.InRange(Width(sequence), 0.05, 0.2);
    }

    [Fact]
    public void A_normal_mixture_gives_the_means_that_its_test_does_not_reject()
    {
        const double Alpha = 0.05;
        var sequence = new NormalMixtureSequence(2, Alpha, 50);
        var twiceLog = -2 * Math.Log(Alpha);
        var effect = 2 * Math.Sqrt((twiceLog + Math.Log(1 + twiceLog)) / 50);
        var values = new Draws(6).Normals(400, 3, 2);
        foreach (var value in values)
        {
            sequence.Update(value);
        }

        foreach (var bound in new[] { sequence.Bounds.Lower, sequence.Bounds.Upper })
        {
            var test = new NormalMixtureTest(2, bound, effect);
            foreach (var value in values)
            {
                test.Update(value);
            }

            Assert.Equal(-Math.Log(Alpha), test.Evidence.MaximumLogEValue, 1e-6);
        }
    }

    [Fact]
    public void A_mean_that_moves_empties_the_bounds()
    {
        IConfidenceSequence[] sequences = [new NormalMixtureSequence(0.5), new EmpiricalBernsteinSequence()];
        foreach (var sequence in sequences)
        {
            var draws = new Draws(7);
            for (var i = 0; i < 20_000; i++)
            {
                sequence.Update(draws.Uniform() < (i < 5_000 ? 0.2 : 0.7) ? 1 : 0);
            }

            Assert.True(sequence.Bounds.IsEmpty);
            Assert.Equal("empty", sequence.Bounds.ToString());
        }
    }

    [Fact]
    public void Missing_values_change_nothing_and_values_out_of_range_are_refused()
    {
        IConfidenceSequence[] sequences = [new NormalMixtureSequence(1), new EmpiricalBernsteinSequence(), new BettingSequence()];
        foreach (var sequence in sequences)
        {
            sequence.Update(0.5);
            var before = sequence.ToArray();
            sequence.Update(double.NaN);
            if (sequence is NormalMixtureSequence)
            {
                sequence.Update(double.PositiveInfinity);
            }
            else
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => sequence.Update(1.01));
                Assert.Throws<ArgumentOutOfRangeException>(() => sequence.Update(double.PositiveInfinity));
            }

            Assert.Equal(before, sequence.ToArray());
        }
    }

    private static double Width(IConfidenceSequence sequence) => sequence.Bounds.Upper - sequence.Bounds.Lower;

    private static double Missed(ulong seed, Func<IConfidenceSequence> create, double mean, Func<Draws, double> draw)
    {
        var missed = 0;
        for (var stream = 0; stream < 1_000; stream++)
        {
            var sequence = create();
            var draws = new Draws((seed << 32) + (ulong)stream);
            for (var i = 0; i < 1_000; i++)
            {
                sequence.Update(draw(draws));
            }

            // The bounds only narrow, so the last ones tell whether the mean was ever outside.
            missed += sequence.Bounds.Contains(mean) ? 0 : 1;
        }

        return missed / 1_000.0;
    }
}
