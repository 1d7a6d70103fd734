using Microsoft.Extensions.Time.Testing;
using MlOps.Data;

namespace MlOps.Testing.Tests;

public sealed class ModelBehaviourTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_slice_that_is_surely_below_the_floor_is_named_and_a_small_one_is_not()
    {
        // 100 rows of A at 90 %, 100 rows of B at 60 %, 2 wrong rows of C: two wrong answers are no evidence.
        var slices = Enumerable.Range(0, 202).Select(i => i < 100 ? "A" : i < 200 ? "B" : "C").ToArray();
        var right = Enumerable.Range(0, 202).Select(i => i < 100 ? (i < 90 ? 1.0 : 0) : i < 160 ? 1.0 : 0).ToArray();
        var failure = Assert.Throws<AssertionFailedException>(() => ModelAssert.SlicesAtLeast("accuracy", right, slices, 0.8));
        Assert.StartsWith("The model's accuracy is below its floor of 0.8 on 1 of 3 slices.\n  slice  rows  mean  adjusted p\n  B      100   0.6   1", failure.Message, StringComparison.Ordinal);
        var passed = ModelAssert.SlicesAtLeast("accuracy", right, slices, 0.55);
        Assert.Equal(["C", "B", "A"], passed.Select(slice => slice.Slice));

        // P(X <= 0 of 2 at 0.55) = 0.45², times three slices.
        Assert.Equal(0.45 * 0.45 * 3, passed[0].PValue, 12);
    }

    [Fact]
    public void The_binomial_test_of_a_slice_gives_the_exact_tail()
    {
        // P(X <= 12 of 20 at 0.8) by hand: 0.0321426631; 13 of 20 is no longer evidence at 5 %.
        double[] Right(int count) => [.. Enumerable.Range(0, 20).Select(i => i < count ? 1.0 : 0)];
        var slices = Enumerable.Repeat<string?>(null, 20).ToArray();
        var failure = Assert.Throws<AssertionFailedException>(() => ModelAssert.SlicesAtLeast("accuracy", Right(12), slices, 0.8));
        Assert.Contains("missing  20    0.6   0.032", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0.0867, Assert.Single(ModelAssert.SlicesAtLeast("accuracy", Right(13), slices, 0.8)).PValue, 4);
    }

    [Fact]
    public void A_slice_of_other_values_is_judged_by_sign_flips()
    {
        var values = Enumerable.Range(0, 40).Select(i => 0.5 + (i % 5 * 0.02)).ToArray();
        var slices = Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? "even" : "odd").ToArray();
        ModelAssert.SlicesAtLeast("score", values, slices, 0.53);
        Assert.Throws<AssertionFailedException>(() => ModelAssert.SlicesAtLeast("score", values, slices, 0.6));
    }

    [Fact]
    public void A_calibrated_model_passes_and_one_that_is_too_sure_fails_with_its_bins()
    {
        var random = new Random(3);
        var probabilities = Enumerable.Range(0, 4000).Select(_ => random.NextDouble()).ToArray();
        var came = probabilities.Select(p => random.NextDouble() < p).ToArray();
        ModelAssert.CalibrationErrorAtMost(probabilities, came, 0.03);
        var sure = Array.ConvertAll(probabilities, p => p > 0.5 ? Math.Min(1, p + 0.15) : Math.Max(0, p - 0.15));
        var failure = Assert.Throws<AssertionFailedException>(() => ModelAssert.CalibrationErrorAtMost(sure, came, 0.05));
        Assert.Contains("not surely calibrated", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\nIts bins:\n  probability  rows", failure.Message, StringComparison.Ordinal);
        Assert.Throws<AssertionFailedException>(() => ModelAssert.CalibrationErrorAtMost([], [], 0.05));
    }

    [Fact]
    public async Task A_round_without_noise_decides_about_the_latency_and_the_cold_calls_do_not()
    {
        var clock = new FakeTimeProvider();
        var options = new LatencyOptions { Calls = 20, WarmUpCalls = 3, Rounds = 3, TimeProvider = clock };
        var calls = 0;

        // Three cold calls of a second; a first round in which every call is disturbed; then a millisecond each.
        ValueTask<double> Predict(int input)
        {
            clock.Advance(TimeSpan.FromMilliseconds(calls < 3 ? 1000 : calls < 23 ? 50 : 1));
            calls++;
            return ValueTask.FromResult((double)input);
        }

        Assert.Equal(TimeSpan.FromMilliseconds(1), await ModelAssert.LatencyAtMostAsync(Predict, [1, 2], TimeSpan.FromMilliseconds(5), options, Token));
        Assert.Equal(43, calls);
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => ModelAssert.LatencyAtMostAsync(Predict, [1, 2], TimeSpan.FromMilliseconds(0.5), options, Token));
        Assert.StartsWith(
            "The model is slower than its budget of 0.5 ms in each of 3 rounds of 20 calls.\n  round  median  95% of calls within  slowest\n  1      1 ms    1 ms                 1 ms\n",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simple_cases_and_pairs_are_shown_when_the_model_gets_them_wrong()
    {
        static ValueTask<double> Predict(double x) => ValueTask.FromResult(x > 2 ? 0 : x);
        await ModelAssert.AnswersAsync(Predict, [(1.0, 1.0), (2.0, 2.1), (3.0, 3.0)], 0.2, share: 0.6, Token);
        var wrong = await Assert.ThrowsAsync<AssertionFailedException>(() => ModelAssert.AnswersAsync(Predict, [(1.0, 1.0), (3.0, 3.0)], 0.1, cancellationToken: Token));
        Assert.Equal("1 of 2 cases are answered wrongly.\n  case  expected  answer  input\n  1     3         0       3", wrong.Message);
        await ModelAssert.RanksAsync(Predict, [(1.0, 2.0)], cancellationToken: Token);
        var pair = await Assert.ThrowsAsync<AssertionFailedException>(() => ModelAssert.RanksAsync(Predict, [(1.0, 2.0), (1.0, 3.0)], 0.9, Token));
        Assert.StartsWith("1 of 2 pairs are ranked wrongly; 90% must be right.\n  pair", pair.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AssertionFailedException>(() => ModelAssert.RanksAsync<double>(Predict, [], cancellationToken: Token));
    }

    [Fact]
    public async Task A_fitted_baseline_of_numbers_and_categories_names_what_drifted()
    {
        var baseline = await Data(0, "AA").FitBaselineAsync(cancellationToken: Token);
        await DriftAssert.NoDriftAsync(baseline, Data(0, "AA"), cancellationToken: Token);
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => DriftAssert.NoDriftAsync(baseline, Data(0, "BB"), cancellationToken: Token));
        Assert.StartsWith("1 of 2 columns drifted.\n", failure.Message, StringComparison.Ordinal);

        static Dataset Data(double more, string carrier) => Dataset.FromEnumerable(
            "trips", Enumerable.Range(0, 1000), columns => columns.Column("distance", i => (i % 100) + more).Column("carrier", i => i % 2 == 0 ? carrier : "UA"));
    }
}
