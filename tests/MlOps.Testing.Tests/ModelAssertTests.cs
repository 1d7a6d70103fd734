namespace MlOps.Testing.Tests;

public sealed class ModelAssertTests
{
    [Fact]
    public void A_metric_at_its_floor_passes_and_one_below_or_NaN_fails()
    {
        ModelAssert.MetricAtLeast("auc", 0.7, 0.7);
        Assert.Throws<AssertionFailedException>(() => ModelAssert.MetricAtLeast("auc", double.NaN, 0.7));
        var failure = Assert.Throws<AssertionFailedException>(() => ModelAssert.MetricAtLeast("auc", 0.69, 0.7));
        Assert.Equal("The model's auc is below its floor.\n  metric  floor  seen\n  auc     0.7    0.69", failure.Message);
    }

    [Fact]
    public void A_mean_at_its_floor_fails_while_the_rows_leave_doubt()
    {
        var accuracy = Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 0.0 : 1.0).ToArray();
        ModelAssert.MetricAtLeast("accuracy", accuracy, 0.8);
        var failure = Assert.Throws<AssertionFailedException>(() => ModelAssert.MetricAtLeast("accuracy", accuracy, 0.9));
        Assert.Contains("not surely at its floor", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 3, 0.36840)]
    [InlineData(90, 100, 0.83628)]
    [InlineData(1, 20, 0.00256)]
    [InlineData(950, 1000, 0.93714)]
    public void Right_answers_are_judged_by_the_exact_binomial_interval(int right, int rows, double lower)
    {
        // The lower ends are scipy.stats.binomtest(right, rows).proportion_ci(0.9, "exact").low.
        double[] accuracy = [.. Enumerable.Range(0, rows).Select(i => i < right ? 1.0 : 0.0), double.NaN];
        ModelAssert.MetricAtLeast("accuracy", accuracy, lower - 0.00001);
        Assert.Throws<AssertionFailedException>(() => ModelAssert.MetricAtLeast("accuracy", accuracy, lower + 0.00001));
    }

    [Fact]
    public void One_row_or_none_shows_nothing()
    {
        Assert.Throws<AssertionFailedException>(() => ModelAssert.MetricAtLeast("gain", [0.9], 0.1));
        Assert.Throws<AssertionFailedException>(() => ModelAssert.MetricAtLeast("gain", [double.NaN], 0.1));
        Assert.Throws<AssertionFailedException>(() => ModelAssert.MetricAtLeast("accuracy", [0, 0, 0], 0.001));
        ModelAssert.MetricAtLeast("gain", [0.9, 0.8, 0.85], 0.1);
    }

    [Fact]
    public void A_candidate_is_worse_only_beyond_the_tolerance()
    {
        var incumbent = Enumerable.Range(0, 200).Select(i => 0.5 + (i % 7 * 0.01)).ToArray();
        var candidate = Enumerable.Range(0, 200).Select(i => incumbent[i] + 0.05 + (i % 3 * 0.001)).ToArray();
        ModelAssert.NotWorseThan(candidate, incumbent, tolerance: 0.06);
        var failure = Assert.Throws<AssertionFailedException>(() => ModelAssert.NotWorseThan(candidate, incumbent, tolerance: 0.01));
        Assert.Contains("worse than the incumbent", failure.Message, StringComparison.Ordinal);
        Assert.Contains("200", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prediction_that_moves_under_a_change_that_must_not_matter_is_shown_with_its_row()
    {
        static ValueTask<double> Predict(double x) => ValueTask.FromResult(Math.Round(x));
        await ModelAssert.InvariantAsync(Predict, [1.0, 2.0], x => x + 0.1, 0, TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() =>
            ModelAssert.InvariantAsync(Predict, [1.0, 2.45], x => x + 0.1, 0, TestContext.Current.CancellationToken));
        Assert.Equal(
            "1 of 2 predictions should not move by more than 0 and did.\n  row  before  after  input\n  1    2       3      2.45", failure.Message);
    }

    [Fact]
    public async Task A_prediction_that_goes_the_wrong_way_fails_and_no_input_fails_too()
    {
        static ValueTask<double> Predict(double x) => ValueTask.FromResult(x);
        await ModelAssert.DirectionalAsync(
            Predict, [1.0], x => x + 1, PredictionDirection.Up, cancellationToken: TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => ModelAssert.DirectionalAsync(
            Predict, [1.0], x => x + 1, PredictionDirection.Down, cancellationToken: TestContext.Current.CancellationToken));
        Assert.StartsWith("1 of 1 predictions should not rise and did.", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AssertionFailedException>(() => ModelAssert.DirectionalAsync<double>(
            Predict, [], x => x, PredictionDirection.Up, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Drift_is_named_with_its_column_and_equal_samples_pass()
    {
        var reference = Enumerable.Range(0, 1000).Select(i => (double)i).ToArray();
        DriftAssert.NoDrift("distance", reference, reference);
        var failure = Assert.Throws<AssertionFailedException>(() =>
            DriftAssert.NoDrift("distance", reference, Array.ConvertAll(reference, value => value + 500)));
        Assert.StartsWith("1 of 1 columns drifted.\n  column", failure.Message, StringComparison.Ordinal);
        Assert.Contains("distance", failure.Message, StringComparison.Ordinal);
    }
}
