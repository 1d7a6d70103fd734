namespace MlOps.Statistics.Tests.Performance;

public sealed class CbpeTests
{
    [Fact]
    public void Expected_metrics_follow_their_definitions_and_bands_cover_the_realised_ones()
    {
        var draws = new Draws(1);
        double[] reference = [.. Enumerable.Range(0, 20_000).Select(_ => draws.Uniform())];
        var cbpe = Cbpe.Fit(
            reference, [.. reference.Select(s => draws.Uniform() < s)], new CbpeOptions { Calibration = CbpeCalibration.Never });
        var covered = new int[7];
        const int Chunks = 400;
        for (var chunk = 0; chunk < Chunks; chunk++)
        {
            double[] scores = [.. Enumerable.Range(0, 300).Select(_ => Math.Round(Math.Pow(draws.Uniform(), 1.5), 2))];
            bool[] labels = [.. scores.Select(s => draws.Uniform() < s)];
            var found = cbpe.Estimate(scores);
            double tp = 0, fp = 0, tn = 0, fn = 0;
            for (var i = 0; i < scores.Length; i++)
            {
                var predicted = scores[i] >= 0.5;
                tp += predicted && labels[i] ? 1 : 0;
                fp += predicted && !labels[i] ? 1 : 0;
                tn += !predicted && !labels[i] ? 1 : 0;
                fn += !predicted && labels[i] ? 1 : 0;
            }

            Count(0, found.Accuracy, (tp + tn) / scores.Length);
            Count(1, found.Precision, tp / (tp + fp));
            Count(2, found.Recall, tp / (tp + fn));
            Count(3, found.Specificity, tn / (tn + fp));
            Count(4, found.F1, 2 * tp / ((2 * tp) + fp + fn));
            Count(5, found.RocAuc, RocAuc.Of(scores, labels));
            Count(6, found.TruePositives, tp);
            Assert.Equal(scores.Where(s => s >= 0.5).Sum(), found.TruePositives.Value, 1e-9);
            MetricEstimate[] counts = [found.TruePositives, found.FalsePositives, found.TrueNegatives, found.FalseNegatives];
            Assert.Equal(scores.Length, counts.Sum(count => count.Value), 1e-9);
        }

        Assert.All(covered, count => Assert.InRange(count / (double)Chunks, 0.92, 0.98));

        void Count(int metric, MetricEstimate estimate, double realised) =>
            covered[metric] += realised >= estimate.Lower && realised <= estimate.Upper ? 1 : 0;
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        var draws = new Draws(2);
        double[] scores = [.. Enumerable.Range(0, 40).Select(_ => (Math.Round(draws.Uniform(), 1) * 0.8) + 0.1)];
        var cbpe = Cbpe.Fit(scores, new bool[40], new CbpeOptions { Calibration = CbpeCalibration.Never });
        var found = cbpe.Estimate(scores);
        Check(found.AveragePrecision, p => AveragePrecision(scores, p));
        Check(found.RocAuc, p => Area(scores, p));

        void Check(MetricEstimate estimate, Func<double[], double> metric)
        {
            Assert.Equal(metric(scores), estimate.Value, 1e-12);
            double variance = 0;
            for (var i = 0; i < scores.Length; i++)
            {
                double[] up = [.. scores], down = [.. scores];
                up[i] += 1e-6;
                down[i] -= 1e-6;
                var slope = (metric(up) - metric(down)) / 2e-6;
                variance += scores[i] * (1 - scores[i]) * slope * slope;
            }

            Assert.Equal(Math.Sqrt(variance), estimate.StandardError, 1e-7);
        }
    }

    [Fact]
    public void Overconfident_scores_are_recalibrated_and_right_ones_are_left_alone()
    {
        var draws = new Draws(3);
        double[] chances = [.. Enumerable.Range(0, 5000).Select(_ => draws.Uniform())];
        bool[] labels = [.. chances.Select(p => draws.Uniform() < p)];
        double[] sure = [.. chances.Select(p => p < 0.5 ? p * p : 1 - ((1 - p) * (1 - p)))];
        Assert.False(Cbpe.Fit(chances, labels).IsCalibrated);
        var cbpe = Cbpe.Fit(sure, labels);
        Assert.True(cbpe.IsCalibrated);
        var found = cbpe.Estimate(sure);
        Assert.Equal(chances.Average(p => Math.Max(p, 1 - p)), found.Accuracy.Value, 0.02);
        var believed = Cbpe.Fit(sure, labels, new CbpeOptions { Calibration = CbpeCalibration.Never }).Estimate(sure);
        Assert.True(believed.Accuracy.Value > 0.82);
        Assert.True(Cbpe.Fit([.. chances.Select(p => 10 * p)], labels).IsCalibrated);
        Assert.Throws<ArgumentException>(() => Cbpe.Fit([2.0], [true], new CbpeOptions { Calibration = CbpeCalibration.Never }));
    }

    [Fact]
    public void A_shift_towards_unsure_rows_lowers_the_estimate_as_it_lowers_the_truth()
    {
        var draws = new Draws(4);
        double[] reference = [.. Enumerable.Range(0, 5000).Select(_ =>
            draws.Uniform() < 0.5 ? 0.1 * draws.Uniform() : 1 - (0.1 * draws.Uniform()))];
        var cbpe = Cbpe.Fit(reference, [.. reference.Select(s => draws.Uniform() < s)]);
        double[] unsure = [.. Enumerable.Range(0, 2000).Select(_ => 0.4 + (0.2 * draws.Uniform()))];
        Assert.True(cbpe.Estimate(reference).Accuracy.Lower > 0.93);
        var never = Cbpe.Fit(
            reference, [.. reference.Select(s => draws.Uniform() < s)], new CbpeOptions { Calibration = CbpeCalibration.Never });
        Assert.True(never.Estimate(unsure).Accuracy.Upper < 0.6);
    }

    [Fact]
    public void Two_classes_as_many_give_what_the_binary_estimate_gives()
    {
        var draws = new Draws(5);
        double[] scores = [.. Enumerable.Range(0, 300).Select(_ => draws.Uniform())];
        bool[] labels = [.. scores.Select(s => draws.Uniform() < s)];
        var options = new CbpeOptions { Calibration = CbpeCalibration.Never };
        var binary = Cbpe.Fit(scores, labels, options).Estimate(scores);
        double[] both = [.. scores.SelectMany(s => new[] { 1 - s, s })];
        int[] predictions = [.. scores.Select(s => s >= 0.5 ? 1 : 0)];
        var many = MulticlassCbpe.Fit(new SampleMatrix(both, 2), [.. labels.Select(l => l ? 1 : 0)], options)
            .Estimate(new SampleMatrix(both, 2), predictions);
        Close(binary.Accuracy, many.Accuracy);
        Close(binary.RocAuc, many.RocAuc);
        Assert.Equal((binary.Recall.Value + binary.Specificity.Value) / 2, many.Recall.Value, 1e-12);
        Assert.Equal(binary.TruePositives.Value, many.ConfusionMatrix[1][1], 1e-9);
        Assert.Equal(binary.FalsePositives.Value, many.ConfusionMatrix[0][1], 1e-9);

        static void Close(MetricEstimate expected, MetricEstimate found)
        {
            Assert.Equal(expected.Value, found.Value, 1e-12);
            Assert.Equal(expected.StandardError, found.StandardError, 1e-12);
        }
    }

    [Fact]
    public void Multiclass_bands_cover_the_realised_metrics()
    {
        var draws = new Draws(6);
        const int Chunks = 300;
        int accuracy = 0, recall = 0;
        var fitted = MulticlassCbpe.Fit(new SampleMatrix([0.2, 0.3, 0.5], 3), [0], new CbpeOptions { Calibration = CbpeCalibration.Never });
        for (var chunk = 0; chunk < Chunks; chunk++)
        {
            var scores = new double[600];
            var labels = new int[200];
            var predictions = new int[200];
            for (var i = 0; i < 200; i++)
            {
                double[] parts = [draws.Uniform(), draws.Uniform(), draws.Uniform()];
                var pick = draws.Uniform() * parts.Sum();
                labels[i] = pick < parts[0] ? 0 : pick < parts[0] + parts[1] ? 1 : 2;
                predictions[i] = Array.IndexOf(parts, parts.Max());
                for (var k = 0; k < 3; k++)
                {
                    scores[(3 * i) + k] = parts[k] / parts.Sum();
                }
            }

            var found = fitted.Estimate(new SampleMatrix(scores, 3), predictions);
            var realised = labels.Where((l, i) => l == predictions[i]).Count() / 200.0;
            accuracy += realised >= found.Accuracy.Lower && realised <= found.Accuracy.Upper ? 1 : 0;
            realised = Enumerable.Range(0, 3).Average(k =>
                labels.Where((l, i) => l == k && predictions[i] == k).Count() / (double)labels.Count(l => l == k));
            recall += realised >= found.Recall.Lower && realised <= found.Recall.Upper ? 1 : 0;
        }

        Assert.InRange(accuracy / (double)Chunks, 0.92, 0.98);
        Assert.InRange(recall / (double)Chunks, 0.92, 0.98);
    }

    [Fact]
    public void Rows_without_a_score_are_left_out_and_no_row_has_no_metric()
    {
        var cbpe = Cbpe.Fit([0.2, 0.8, double.NaN], [false, true, true]);
        Assert.Equal(cbpe.Estimate([0.2, 0.8]), cbpe.Estimate([0.2, double.NaN, 0.8]));
        var nothing = cbpe.Estimate([double.NaN]);
        Assert.Equal(0, nothing.Rows);
        Assert.All([nothing.Accuracy, nothing.RocAuc, nothing.F1], m => Assert.True(double.IsNaN(m.Value) && double.IsNaN(m.Upper)));
        Assert.Equal(double.NaN, Cbpe.Fit([0.1, 0.2], [false, true]).Estimate([0.1, 0.2]).Precision.Value);
        Assert.Throws<ArgumentException>(() => Cbpe.Fit([double.NaN], [true]));
    }

    private static double Area(double[] scores, double[] p)
    {
        double wins = 0;
        for (var i = 0; i < p.Length; i++)
        {
            for (var j = 0; j < p.Length; j++)
            {
                wins += p[i] * (1 - p[j]) * (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0);
            }
        }

        return wins / p.Sum() / p.Sum(v => 1 - v);
    }

    private static double AveragePrecision(double[] scores, double[] p) => scores.Distinct().Sum(s =>
        p.Where((_, i) => scores[i] == s).Sum() * p.Where((_, i) => scores[i] >= s).Sum() / scores.Count(v => v >= s)) / p.Sum();
}
