using System.Text.Json;

namespace MlOps.Statistics.Tests.Golden.Performance;

/// <summary>NannyML's formulas in NumPy and scikit-learn, made by make_golden.py.</summary>
public sealed class PerformanceGoldenTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "Performance", "golden.json"))).RootElement;

    [Fact]
    public void Binary_estimates_are_those_of_expected_counts_at_calibrated_scores()
    {
        foreach (var row in Golden.GetProperty("binary").EnumerateArray())
        {
            var draws = new Draws((ulong)Int(row, "seed"));
            double[] reference = [.. Enumerable.Range(0, Int(row, "n")).Select(_ => draws.Uniform())];
            bool[] labels = [.. reference.Select(s => draws.Uniform() < s * s)];
            double[] scores = [.. Enumerable.Range(0, Int(row, "m")).Select(_ => draws.Uniform())];
            var found = Cbpe.Fit(reference, labels, Calibrated(row)).Estimate(scores);
            Close(row, "rocAuc", found.RocAuc);
            Close(row, "averagePrecision", found.AveragePrecision);
            Close(row, "f1", found.F1);
            Close(row, "precision", found.Precision);
            Close(row, "recall", found.Recall);
            Close(row, "specificity", found.Specificity);
            Close(row, "accuracy", found.Accuracy);
            double[] counts = [.. row.GetProperty("counts").EnumerateArray().Select(v => v.GetDouble())];
            Assert.Equal(counts[0], found.TruePositives.Value, 1e-9);
            Assert.Equal(counts[1], found.FalsePositives.Value, 1e-9);
            Assert.Equal(counts[2], found.FalseNegatives.Value, 1e-9);
            Assert.Equal(counts[3], found.TrueNegatives.Value, 1e-9);
        }
    }

    [Fact]
    public void Multiclass_estimates_are_the_mean_of_one_class_against_the_rest_at_calibrated_chances()
    {
        foreach (var row in Golden.GetProperty("multiclass").EnumerateArray())
        {
            var draws = new Draws((ulong)Int(row, "seed"));
            var classes = Int(row, "classes");
            var reference = Table(draws, Int(row, "n"), classes);
            int[] labels = [.. reference.Chunk(classes).Select(chances => Label(draws, chances))];
            var scores = Table(draws, Int(row, "m"), classes);
            int[] predictions = [.. scores.Chunk(classes).Select(chances => Array.IndexOf(chances, chances.Max()))];
            var found = MulticlassCbpe.Fit(new SampleMatrix(reference, classes), labels, Calibrated(row))
                .Estimate(new SampleMatrix(scores, classes), predictions);
            Close(row, "rocAuc", found.RocAuc);
            Close(row, "averagePrecision", found.AveragePrecision);
            Close(row, "f1", found.F1);
            Close(row, "precision", found.Precision);
            Close(row, "recall", found.Recall);
            Close(row, "specificity", found.Specificity);
            Close(row, "accuracy", found.Accuracy);
            var confusion = row.GetProperty("confusion");
            Assert.All(Enumerable.Range(0, classes * classes), cell => Assert.Equal(
                confusion[cell / classes][cell % classes].GetDouble(), found.ConfusionMatrix[cell / classes][cell % classes], 1e-9));
        }
    }

    private static double[] Table(Draws draws, int rows, int classes) => [.. Enumerable.Range(0, rows).SelectMany(_ =>
    {
        double[] parts = [.. Enumerable.Range(0, classes).Select(_ => draws.Uniform())];
        return parts.Select(part => part / parts.Sum());
    })];

    /// <summary>Drawn by the squares of the scores, so that scores are unsure and calibration has something to do.</summary>
    private static int Label(Draws draws, double[] scores)
    {
        double pick = draws.Uniform(), total = scores.Sum(s => s * s), sum = 0;
        for (var k = 0; k < scores.Length - 1; k++)
        {
            sum += scores[k] * scores[k] / total;
            if (pick < sum)
            {
                return k;
            }
        }

        return scores.Length - 1;
    }

    private static CbpeOptions Calibrated(JsonElement row) => new()
    {
        Calibration = row.GetProperty("calibrate").GetBoolean() ? CbpeCalibration.Always : CbpeCalibration.Never,
    };

    private static int Int(JsonElement row, string name) => row.GetProperty(name).GetInt32();

    private static void Close(JsonElement row, string name, MetricEstimate found)
    {
        var expected = row.GetProperty(name).GetDouble();
        Assert.True(
            Math.Abs(expected - found.Value) <= 1e-9 * Math.Abs(expected), $"{name}: expected {expected:R}, found {found.Value:R} in {row}");
    }
}
