namespace MlOps.Statistics.Tests.Sequential;

/// <summary>What a sequential test promises: few false rejections however often one looks, and power.</summary>
public sealed class EvidenceTests
{
    private const int Streams = 1_200;
    private const int Length = 1_000;

    // 5 % and three standard errors of a share of 1,200 streams.
    private const double Most = 0.05 + (3 * 0.0063);

    [Theory]
    [InlineData(0.5, ShiftDirection.Both)]
    [InlineData(0.1, ShiftDirection.Both)]
    [InlineData(0.1, ShiftDirection.Up)]
    [InlineData(0.9, ShiftDirection.Down)]
    public void Betting_on_a_true_mean_seldom_wins_at_any_time(double rate, ShiftDirection alternative) =>
        Assert.InRange(ShareRejected(1, _ => new BettingMeanTest(rate, alternative: alternative), (test, draws) =>
            test.Update(draws.Uniform() < rate ? 1 : 0)), 0.001, Most);

    [Fact]
    public void Betting_on_the_true_mean_of_skewed_values_seldom_wins_at_any_time() =>
        Assert.InRange(ShareRejected(2, _ => new BettingMeanTest(50, 0, 200), (test, draws) =>
            test.Update(200 * Math.Pow(draws.Uniform(), 3))), 0.0001, Most);

    [Fact]
    public void Betting_on_pairs_of_one_distribution_seldom_wins_at_any_time()
    {
        Assert.InRange(ShareRejected(3, _ => new PairedBettingTest(), (test, draws) =>
            test.Update(draws.Uniform(), draws.Uniform())), 0.0001, Most);
        Assert.InRange(ShareRejected(4, _ => PairedBettingTest.OnSigns(), (test, draws) =>
            test.Update(Math.Exp(5 * draws.Normal()), Math.Exp(5 * draws.Normal()))), 0.0001, Most);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.02)]
    public void Equal_rates_are_seldom_told_apart_at_any_time(double rate) =>
        Assert.InRange(ShareRejected(5, _ => new BernoulliTwoSampleTest(), (test, draws) =>
            test.Update(draws.Uniform() < rate, draws.Uniform() < rate)), 0, Most);

    [Fact]
    public void Equal_rates_in_unequal_blocks_are_seldom_told_apart_at_any_time() =>
        Assert.InRange(ShareRejected(6, _ => new BernoulliTwoSampleTest(), (test, draws) =>
            test.Update(draws.Uniform() < 0.3 ? 1 : 0, 1, Enumerable.Range(0, 3).Count(_ => draws.Uniform() < 0.3), 3)), 0, Most);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public void A_normal_mixture_seldom_rejects_a_true_mean_at_any_time(double effect) =>
        Assert.InRange(ShareRejected(7, _ => new NormalMixtureTest(2, 10, effect), (test, draws) =>
            test.Update(10 + (2 * draws.Normal()))), 0.001, Most);

    [Fact]
    public void Two_thousand_streams_of_five_thousand_values_stopped_at_will_reject_at_most_the_level()
    {
        Assert.InRange(ShareRejected(8, _ => new BettingMeanTest(0.2), (test, draws) =>
            test.Update(draws.Uniform() < 0.2 ? 1 : 0), 2_000, 5_000), 0.001, 0.05);
        Assert.InRange(ShareRejected(9, _ => new NormalMixtureTest(1), (test, draws) =>
            test.Update(3.4641016151377544 * (draws.Uniform() - 0.5)), 2_000, 5_000), 0.001, 0.05);
    }

    [Fact]
    public void A_shift_is_found_within_hundreds_of_values()
    {
        Assert.InRange(MeanTime(() => new BettingMeanTest(0.1), (test, draws) => test.Update(draws.Uniform() < 0.2 ? 1 : 0)), 50, 300);
        Assert.InRange(MeanTime(() => new PairedBettingTest(), (test, draws) =>
            test.Update(draws.Uniform(), 0.7 * draws.Uniform())), 30, 250);
        Assert.InRange(MeanTime(() => PairedBettingTest.OnSigns(), (test, draws) =>
            test.Update(draws.Normal(), draws.Normal() + 0.7)), 20, 150);
        Assert.InRange(MeanTime(() => new BernoulliTwoSampleTest(), (test, draws) =>
            test.Update(draws.Uniform() < 0.2, draws.Uniform() < 0.5)), 15, 120);
        Assert.InRange(MeanTime(() => new NormalMixtureTest(1), (test, draws) => test.Update(draws.Normal() + 0.5)), 10, 60);
    }

    [Fact]
    public void Only_the_chosen_alternative_collects_evidence()
    {
        var (up, down) = (new BettingMeanTest(0.5, alternative: ShiftDirection.Up), new BettingMeanTest(0.5, alternative: ShiftDirection.Down));
        for (var i = 0; i < 500; i++)
        {
            up.Update(0.8);
            down.Update(0.8);
        }

        Assert.True(up.Evidence.RejectsAt(1e-9));
        Assert.False(down.Evidence.RejectsAt(0.5));
        Assert.Equal(0, down.Evidence.MaximumLogEValue);
    }

    [Fact]
    public void Overwhelming_evidence_neither_overflows_nor_is_lost()
    {
        var test = new BettingMeanTest(0.5);
        for (var i = 0; i < 20_000; i++)
        {
            test.Update(1);
        }

        Assert.InRange(test.Evidence.LogEValue, 2_000, 20_000);
        Assert.Equal(double.PositiveInfinity, test.Evidence.EValue);
        Assert.Equal(0, test.Evidence.PValue);
        Assert.True(test.Evidence.RejectsAt(1e-300));
    }

    [Fact]
    public void A_normal_mixture_is_the_average_likelihood_ratio_of_all_shifts()
    {
        var test = new NormalMixtureTest(2, 10, 1.5);
        double[] values = [11, 14, 9.5, 13, 12, 15.5, 8];
        foreach (var value in values)
        {
            test.Update(value);
        }

        // Simpson's rule over shifts of deviation 1.5.
        var (sum, step) = (0.0, 0.01);
        for (var i = -1_200; i <= 1_200; i++)
        {
            var shift = i * step;
            var log = values.Sum(value => (((value - 10) * shift) - (shift * shift / 2)) / 4);
            sum += (i % 2 == 0 ? 2 : 4) * Math.Exp(log - (shift * shift / 4.5)) / (1.5 * Math.Sqrt(2 * Math.PI));
        }

        Assert.Equal(sum * step / 3, test.Evidence.EValue, 1e-9);
    }

    [Fact]
    public void A_bet_is_its_formula_on_the_whole_history()
    {
        var test = new BettingMeanTest(3, 1, 6);
        var draws = new Draws(8);
        var values = new List<double>();
        var (rise, fall) = (1.0, 1.0);
        for (var t = 1; t <= 300; t++)
        {
            var means = Enumerable.Range(1, values.Count).Select(i => (0.5 + values.Take(i).Sum()) / (i + 1)).ToList();
            var variance = (0.25 + values.Select((value, i) => Math.Pow(value - means[i], 2)).Sum()) / t;
            var bet = Math.Sqrt(2 * Math.Log(40) / (variance * t * Math.Log(t + 1)));
            var x = draws.Uniform();
            rise *= 1 + (Math.Min(bet, 0.5 / 0.4) * (x - 0.4));
            fall *= 1 - (Math.Min(bet, 0.5 / 0.6) * (x - 0.4));
            values.Add(x);
            Assert.Equal(Math.Log((rise + fall) / 2), test.Update(1 + (5 * x)).LogEValue, 1e-9);
        }
    }

    [Fact]
    public void The_expected_e_value_of_a_block_is_at_most_one_for_every_common_rate()
    {
        foreach (var common in Enumerable.Range(0, 101).Select(i => i / 100.0))
        {
            var expected = 0.0;
            for (var x = 0; x <= 2; x++)
            {
                for (var y = 0; y <= 1; y++)
                {
                    var test = new BernoulliTwoSampleTest();
                    test.Update(3, 10, 7, 9);
                    var before = test.Evidence.LogEValue;
                    var probability = (x == 1 ? 2 : 1) * Math.Pow(common, x + y) * Math.Pow(1 - common, 3 - x - y);
                    expected += probability * Math.Exp(test.Update(x, 2, y, 1).LogEValue - before);
                }
            }

            Assert.InRange(expected, 0, 1 + 1e-12);
        }
    }

    [Fact]
    public void What_is_missing_changes_nothing_and_what_is_out_of_range_is_refused()
    {
        var (mean, pair, normal) = (new BettingMeanTest(0.5), new PairedBettingTest(), new NormalMixtureTest(1));
        mean.Update(0.9);
        pair.Update(0.9, 0.1);
        normal.Update(2);
        var before = (mean.ToArray(), pair.ToArray(), normal.ToArray());

        mean.Update(double.NaN);
        pair.Update(double.NaN, 0.5);
        pair.Update(0.5, double.NaN);
        Assert.All([double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e308], value => normal.Update(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => mean.Update(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => mean.Update(double.NegativeInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Update(0.5, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BernoulliTwoSampleTest().Update(2, 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BettingMeanTest(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BettingMeanTest(0, double.NegativeInfinity, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedBettingTest(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormalMixtureTest(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Evidence).RejectsAt(0));

        Assert.Equal(before.Item1, mean.ToArray());
        Assert.Equal(before.Item2, pair.ToArray());
        Assert.Equal(before.Item3, normal.ToArray());
    }

    [Fact]
    public void On_signs_an_infinity_counts_as_any_larger_value()
    {
        var (signs, extreme) = (PairedBettingTest.OnSigns(), PairedBettingTest.OnSigns());
        signs.Update(2, 1);
        extreme.Update(double.PositiveInfinity, 1e308);

        Assert.Equal(signs.ToArray(), extreme.ToArray());
    }

    private static double ShareRejected<T>(
        ulong seed, Func<int, T> create, Func<T, Draws, Evidence> update, int streams = Streams, int length = Length)
    {
        var rejected = 0;
        for (var stream = 0; stream < streams; stream++)
        {
            var test = create(stream);
            var draws = new Draws((seed << 32) + (ulong)stream);
            Evidence evidence = default;
            for (var i = 0; i < length && !evidence.RejectsAt(0.05); i++)
            {
                evidence = update(test, draws);
            }

            rejected += evidence.RejectsAt(0.05) ? 1 : 0;
        }

        return (double)rejected / streams;
    }

    private static double MeanTime<T>(Func<T> create, Func<T, Draws, Evidence> update)
    {
        var total = 0;
        for (var stream = 0; stream < 100; stream++)
        {
            var test = create();
            var draws = new Draws(900 + (ulong)stream);
            do
            {
                total++;
            }
            while (!update(test, draws).RejectsAt(0.05) && total < 1_000_000);
        }

        return total / 100.0;
    }
}
