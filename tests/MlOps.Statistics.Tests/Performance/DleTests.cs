namespace MlOps.Statistics.Tests.Performance;

public sealed class DleTests
{
    [Fact]
    public void A_shift_to_harder_rows_raises_the_estimate_as_it_raises_the_error()
    {
        var draws = new Draws(1);
        var (features, predictions, targets) = Rows(draws, 4000, 0, 1);
        var dle = Dle.Fit(new SampleMatrix(features, 2), predictions, targets);
        var (easy, easyPredictions, easyTargets) = Rows(draws, 2000, 0, 0.3);
        var (hard, hardPredictions, hardTargets) = Rows(draws, 2000, 0.7, 1);
        var low = dle.Estimate(new SampleMatrix(easy, 2), easyPredictions);
        var high = dle.Estimate(new SampleMatrix(hard, 2), hardPredictions);
        Assert.Equal(Mae(easyPredictions, easyTargets), low.MeanAbsoluteError.Value, 0.05);
        Assert.Equal(Mae(hardPredictions, hardTargets), high.MeanAbsoluteError.Value, 0.1);
        Assert.True(high.MeanAbsoluteError.Lower > low.MeanAbsoluteError.Upper);
        Assert.True(high.RootMeanSquaredError.Lower > low.RootMeanSquaredError.Upper);
        Assert.Equal(high.MeanSquaredError.Value, high.RootMeanSquaredError.Value * high.RootMeanSquaredError.Value, 1e-9);
        Assert.True(high.MeanAbsolutePercentageError.Value > low.MeanAbsolutePercentageError.Value);
    }

    [Fact]
    public void Where_rows_are_alike_the_estimates_are_the_reference_metrics()
    {
        var draws = new Draws(4);
        double[] features = [.. Enumerable.Repeat(1.0, 300)], predictions = [.. Enumerable.Repeat(2.0, 300)];
        double[] targets = [.. draws.Normals(299, 2), 0];
        var found = Dle.Fit(new SampleMatrix(features, 1), predictions, targets).Estimate(new SampleMatrix(features, 1), predictions);
        var squared = targets.Average(y => (y - 2) * (y - 2));
        Close(Mae(predictions, targets), found.MeanAbsoluteError);
        Close(squared, found.MeanSquaredError);
        Close(Math.Sqrt(squared), found.RootMeanSquaredError);

        // As in scikit-learn and NannyML a target of 0 counts as the least difference from 1.
        Close(targets.Average(y => Math.Abs(y - 2) / Math.Max(Math.Abs(y), Math.BitIncrement(1.0) - 1)), found.MeanAbsolutePercentageError);

        static void Close(double expected, MetricEstimate estimate) => Assert.Equal(1, estimate.Value / expected, 1e-9);
    }

    [Fact]
    public void Bands_cover_the_realised_errors()
    {
        var draws = new Draws(2);
        var (features, predictions, targets) = Rows(draws, 20_000, 0, 1);
        var dle = Dle.Fit(new SampleMatrix(features, 2), predictions, targets);
        int absolute = 0, root = 0;
        const int Chunks = 200;
        for (var chunk = 0; chunk < Chunks; chunk++)
        {
            var (x, p, y) = Rows(draws, 200, 0, 1);
            var found = dle.Estimate(new SampleMatrix(x, 2), p);
            absolute += Within(found.MeanAbsoluteError, Mae(p, y));
            root += Within(found.RootMeanSquaredError, Math.Sqrt(p.Zip(y, (a, b) => (a - b) * (a - b)).Average()));
        }

        Assert.InRange(absolute / (double)Chunks, 0.9, 0.99);
        Assert.InRange(root / (double)Chunks, 0.9, 0.99);

        static int Within(MetricEstimate estimate, double realised) => realised >= estimate.Lower && realised <= estimate.Upper ? 1 : 0;
    }

    [Fact]
    public void Rows_without_prediction_target_or_finite_loss_are_left_out()
    {
        var draws = new Draws(3);
        var (features, predictions, targets) = Rows(draws, 200, 0, 1);
        var dle = Dle.Fit(new SampleMatrix(features, 2), predictions, targets);
        double[] more = [.. features, 1, 1, 2, 2, 3, 3, double.NaN, 1];
        var again = Dle.Fit(
            new SampleMatrix(more.AsSpan(0, more.Length - 2), 2),
            [.. predictions, double.NaN, 1, double.PositiveInfinity],
            [.. targets, 1, double.NaN, 1]);
        Assert.Equal(dle.Estimate(new SampleMatrix(features, 2), predictions), again.Estimate(new SampleMatrix(features, 2), predictions));
        Assert.Equal(201, dle.Estimate(new SampleMatrix(more.AsSpan(0, more.Length - 4), 2), [.. predictions, double.NaN, 1]).Rows);
        var nothing = dle.Estimate(new SampleMatrix([], 2), []);
        Assert.True(double.IsNaN(nothing.RootMeanSquaredError.Value));
        Assert.Throws<ArgumentException>(() => Dle.Fit(new SampleMatrix([1], 1), [double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => dle.Estimate(new SampleMatrix([1], 1), [1]));
    }

    /// <summary>The noise grows with the first feature, from 0 to 1; the model predicts the mean.</summary>
    private static (double[] Features, double[] Predictions, double[] Targets) Rows(Draws draws, int count, double from, double to)
    {
        var features = new double[2 * count];
        var predictions = new double[count];
        var targets = new double[count];
        for (var i = 0; i < count; i++)
        {
            features[2 * i] = from + ((to - from) * draws.Uniform());
            features[(2 * i) + 1] = draws.Uniform();
            predictions[i] = 10 + features[(2 * i) + 1];
            targets[i] = predictions[i] + ((0.1 + (2 * features[2 * i])) * draws.Normal());
        }

        return (features, predictions, targets);
    }

    private static double Mae(double[] predictions, double[] targets) => predictions.Zip(targets, (p, y) => Math.Abs(p - y)).Average();
}
