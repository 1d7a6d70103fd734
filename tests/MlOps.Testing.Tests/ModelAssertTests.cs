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
    }

    [Fact]
    public void Few_rows_that_are_no_mere_rights_and_wrongs_show_something_from_five_on()
    {
        var failure = Assert.Throws<AssertionFailedException>(() => ModelAssert.MetricAtLeast("gain", [0.9, 0.8, 0.85, 0.87], 0.1));
        Assert.Contains("5 rows at least are needed to say so with 95 % confidence", failure.Message, StringComparison.Ordinal);
        ModelAssert.MetricAtLeast("gain", [0.9, 0.8, 0.85, 0.87, 0.83], 0.1);
        ModelAssert.MetricAtLeast("gain", [0.9, 0.8, 0.85, 0.87], 0.1, alpha: 0.1);

        // 0.7 · 0.05^(1/5)
        ModelAssert.MetricAtLeast("gain", [0.7, 0.7, 0.7, 0.7, 0.7], 0.3844);
        Assert.Throws<AssertionFailedException>(() => ModelAssert.MetricAtLeast("gain", [0.7, 0.7, 0.7, 0.7, 0.7], 0.3846));
        Assert.Throws<AssertionFailedException>(() => ModelAssert.MetricAtLeast("gain", [-0.7, -0.7, -0.7, -0.7, -0.7], -9));
    }

    [Theory]
    [InlineData(false, 5, 0.05, 0.08)]
    [InlineData(false, 10, 0.05, 0.08)]
    [InlineData(true, 10, 0.05, 0.1)]
    [InlineData(false, 30, 0.05, 0.08)]
    [InlineData(false, 10, 0.2, 0.24)]
    public void A_mean_at_its_floor_passes_as_rarely_as_alpha_says_of_few_rows_too(bool isSkewed, int rows, double alpha, double most)
    {
        // The percentile bootstrap passes 11 % of five normal rows and 15 % of ten skewed ones.
        const int Samples = 1000;
        var random = new Random(7);
        var passed = 0;
        for (var i = 0; i < Samples; i++)
        {
            double[] sample = [.. Enumerable.Range(0, rows).Select(_ => isSkewed
                ? 1 + Math.Log(1 - random.NextDouble())
                : Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
            try
            {
                ModelAssert.MetricAtLeast("gain", sample, 0, alpha, seed: i);
                passed++;
            }
            catch (AssertionFailedException)
            {
            }
        }

        Assert.InRange(passed / (double)Samples, 0.01, most);
    }

    [Fact]
    public void Another_alpha_asks_for_more_or_less_certainty()
    {
        double[] accuracy = [.. Enumerable.Range(0, 100).Select(i => i < 90 ? 1.0 : 0.0)];
        ModelAssert.MetricAtLeast("accuracy", accuracy, 0.83);
        var failure = Assert.Throws<AssertionFailedException>(() => ModelAssert.MetricAtLeast("accuracy", accuracy, 0.83, alpha: 0.01));
        Assert.Contains("lower 99 %", failure.Message, StringComparison.Ordinal);
        foreach (var wrong in (double[])[0, -1, 0.6, double.NaN])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => ModelAssert.MetricAtLeast("accuracy", accuracy, 0.5, wrong));
            Assert.Throws<ArgumentOutOfRangeException>(() => ModelAssert.NotWorseThan(accuracy, accuracy, 0, alpha: wrong));
            Assert.Throws<ArgumentOutOfRangeException>(() => ModelAssert.CalibrationErrorAtMost(accuracy, new bool[100], 1, alpha: wrong));
            Assert.Throws<ArgumentOutOfRangeException>(() => ModelAssert.SlicesAtLeast("accuracy", accuracy, new string?[100], 0.5, wrong));
        }
    }

    [Fact]
    public void A_comparison_that_could_never_fail_is_refused()
    {
        var failure = Assert.Throws<AssertionFailedException>(() => ModelAssert.NotWorseThan([0, 0, 0, 0], [1, 1, 1, 1], tolerance: 0));
        Assert.Contains("5 that are independent, or as many blocks, are needed at an alpha of 0.05", failure.Message, StringComparison.Ordinal);
        Assert.Throws<AssertionFailedException>(() => ModelAssert.NotWorseThan(new double[50], new double[50], 0, [.. Enumerable.Range(0, 50).Select(i => i % 4)]));
        ModelAssert.NotWorseThan([0, 0, 0, 0], [1, 1, 1, 1], tolerance: 0, alpha: 0.1);
        ModelAssert.NotWorseThan([0, 0, 0, 0, 0], [1, 1, 1, 1, 1], tolerance: 0);
        Assert.Throws<AssertionFailedException>(() => ModelAssert.NotWorseThan([1, 1, 1, 1, 1], [0, 0, 0, 0, 0], tolerance: 0));
        Assert.Throws<AssertionFailedException>(() => ModelAssert.NotWorseThan([], [], tolerance: 0));
    }

    [Theory]
    [InlineData(8, 1, 0.01953125)]
    [InlineData(9, 3, 0.072998046875)]
    public void Rights_and_wrongs_are_compared_as_McNemars_exact_test_does(int worse, int better, double p)
    {
        // scipy.stats.binomtest(worse, worse + better, alternative="greater").pvalue; ties count for nothing.
        double[] candidate = [.. Enumerable.Repeat(1.0, worse), .. Enumerable.Repeat(0.0, better), 1];
        double[] incumbent = [.. Enumerable.Repeat(0.0, worse), .. Enumerable.Repeat(1.0, better), 1];
        ModelAssert.NotWorseThan(candidate, incumbent, 0, alpha: p - 0.0001);
        Assert.Throws<AssertionFailedException>(() => ModelAssert.NotWorseThan(candidate, incumbent, 0, alpha: p + 0.0001));
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
