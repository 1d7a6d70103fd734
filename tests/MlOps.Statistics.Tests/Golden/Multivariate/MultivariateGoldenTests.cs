using System.Text.Json;

namespace MlOps.Statistics.Tests.Golden.Multivariate;

/// <summary>The answers of NumPy, SciPy and scikit-learn, made by make_golden.py.</summary>
public sealed class MultivariateGoldenTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "Multivariate", "multivariate.json"))).RootElement;

    [Fact]
    public void The_maximum_mean_discrepancy_and_its_bandwidth_agree_with_numpy()
    {
        foreach (var row in Cases("mmd"))
        {
            var draws = new Draws((ulong)Int(row, "seed"));
            var columns = Int(row, "columns");
            double[] x = draws.Normals(Int(row, "n") * columns), y = draws.Normals(Int(row, "m") * columns, Number(row, "shift"));
            var found = MaximumMeanDiscrepancy.Test(
                new SampleMatrix(x, columns), new SampleMatrix(y, columns), new MmdOptions { Permutations = 5 });
            Close(Number(row, "bandwidth"), found.Bandwidth, row);
            Close(Number(row, "unbiased"), found.Statistic, row);
            Close(Number(row, "biased"), found.BiasedStatistic, row);
        }
    }

    [Fact]
    public void Isotonic_regression_agrees_with_scikit_learn()
    {
        foreach (var row in Cases("isotonic"))
        {
            var draws = new Draws((ulong)Int(row, "seed"));
            var count = Int(row, "n");
            var ties = row.GetProperty("ties").GetBoolean();
            double[] x = [.. Enumerable.Range(0, count).Select(_ => ties ? Math.Floor(draws.Uniform() * 20) : draws.Uniform() * 20)];
            double[] y = [.. x.Select(v => (v / 10) + draws.Normal())];
            double[] weights = row.GetProperty("weighted").GetBoolean() ? [.. x.Select(_ => draws.Uniform() + 0.1)] : [];
            var fitted = IsotonicRegression.Fit(x, y, weights);
            var expected = Numbers(row, "predicted");
            for (var i = 0; i < expected.Length; i++)
            {
                Close(expected[i], fitted.Predict(-2 + (i * 24.0 / 40)), row);
            }
        }
    }

    [Fact]
    public void The_area_under_the_roc_curve_and_delongs_interval_agree_with_scikit_learn_and_numpy()
    {
        foreach (var row in Cases("delong"))
        {
            var draws = new Draws((ulong)Int(row, "seed"));
            bool[] labels = [.. Enumerable.Range(0, Int(row, "n")).Select(_ => draws.Uniform() < 0.4)];
            double[] scores = [.. labels.Select(label => (label ? 0.8 : 0) + draws.Normal())];
            var found = RocAuc.DeLong(row.GetProperty("ties").GetBoolean() ? [.. scores.Select(s => Math.Floor(s * 2))] : scores, labels);
            Close(Number(row, "area"), found.Area, row);
            Close(Number(row, "error"), found.StandardError, row);
            Close(Number(row, "lower"), found.Lower, row);
            Close(Number(row, "upper"), found.Upper, row);
        }
    }

    [Fact]
    public void Metrics_expected_of_probabilities_are_scikit_learns_with_each_row_as_both_classes()
    {
        foreach (var row in Cases("expected"))
        {
            var draws = new Draws((ulong)Int(row, "seed"));
            var ties = row.GetProperty("ties").GetBoolean();
            double[] scores = [.. Enumerable.Range(0, Int(row, "n")).Select(_ =>
                ties ? Math.Floor(draws.Uniform() * 20) / 20 : draws.Uniform())];
            var found = Cbpe.Fit([0.5], [true], new CbpeOptions { Calibration = CbpeCalibration.Never }).Estimate(scores);
            Close(Number(row, "auc"), found.RocAuc.Value, row);
            Close(Number(row, "averagePrecision"), found.AveragePrecision.Value, row);
        }
    }

    [Fact]
    public void Logistic_regression_agrees_with_scikit_learn_at_the_same_penalty()
    {
        foreach (var row in Cases("logistic"))
        {
            var draws = new Draws((ulong)Int(row, "seed"));
            var columns = Int(row, "columns");
            double[] values = [.. draws.Normals(Int(row, "n") * columns).Select((v, i) => (v * (1 + (i % columns))) + 3)];
            bool[] labels = [.. values.Chunk(columns).Select(v => draws.Uniform() < 1 / (1 + Math.Exp(-(v[0] - 3) + (0.2 * (v[^1] - 3)))))];
            var found = new LogisticRegression { Penalty = Number(row, "penalty") }.Fit(new SampleMatrix(values, columns), labels);
            var expected = Numbers(row, "coefficients");
            Assert.All(Enumerable.Range(0, columns), c => Close(expected[c], found.Coefficients[c], row, 1e-6));
            Close(Number(row, "intercept"), found.Intercept, row, 1e-6);
        }
    }

    [Fact]
    public void Reconstruction_errors_agree_with_scikit_learns_principal_components()
    {
        foreach (var row in Cases("pca"))
        {
            var draws = new Draws((ulong)Int(row, "seed"));
            var columns = Int(row, "columns");
            var mixing = draws.Normals(columns * columns);
            double[] raw = draws.Normals(Int(row, "n") * columns), current = draws.Normals(Int(row, "m") * columns, 5);
            double[] reference = [.. raw.Chunk(columns).SelectMany(r => Enumerable.Range(0, columns).Select(c =>
                5 + Enumerable.Range(0, columns).Sum(k => r[k] * mixing[(k * columns) + c])))];
            var fitted = ReconstructionError.Fit(
                new SampleMatrix(reference, columns), new ReconstructionOptions { ExplainedVariance = Number(row, "share") });
            var found = fitted.Compare(new SampleMatrix(current, columns));
            Assert.Equal(Int(row, "components"), fitted.Components);
            Close(Number(row, "explained"), fitted.ExplainedVariance, row);
            Close(Number(row, "reference"), found.ReferenceError, row);
            Close(Number(row, "current"), found.CurrentError, row);
            var errors = new double[Int(row, "m")];
            fitted.PerRow(new SampleMatrix(current, columns), errors);
            var expected = Numbers(row, "first");
            Assert.All(Enumerable.Range(0, expected.Length), i => Close(expected[i], errors[i], row));
        }
    }

    private static JsonElement.ArrayEnumerator Cases(string name) => Golden.GetProperty(name).EnumerateArray();

    private static int Int(JsonElement row, string name) => row.GetProperty(name).GetInt32();

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    private static double[] Numbers(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    private static void Close(double expected, double found, JsonElement row, double tolerance = 1e-10) => Assert.True(
        Math.Abs(expected - found) <= (tolerance * Math.Abs(expected)) + 1e-13, $"expected {expected:R}, found {found:R} in {row}");
}
