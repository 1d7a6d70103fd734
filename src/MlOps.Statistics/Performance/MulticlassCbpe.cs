using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>
/// Confidence-based performance estimation of a multiclass classifier: its metrics on rows whose labels are not known yet.
/// </summary>
/// <remarks>
/// Each class's score is calibrated against the rest on the reference and a row's chances are divided by their sum. Metrics are those of
/// <see cref="Cbpe"/>, class by class, averaged. Bands: a row's label is one draw from its chances, so with gᵢₖ = ∂M/∂yᵢₖ its part of the
/// variance is Σₖ pᵢₖ gᵢₖ² - (Σₖ pᵢₖ gᵢₖ)². What it assumes is what <see cref="Cbpe"/> does. Immutable: safe to share between threads.
/// </remarks>
public sealed class MulticlassCbpe
{
    private readonly ScoreCalibration[] _calibrations;
    private readonly double _confidence;

    private MulticlassCbpe(ScoreCalibration[] calibrations, double confidence)
    {
        _calibrations = calibrations;
        _confidence = confidence;
    }

    /// <summary>The number of classes.</summary>
    public int Classes => _calibrations.Length;

    /// <summary>Learns how scores relate to labels on a reference that the model was not trained on.</summary>
    /// <param name="scores">The model's scores, a column for each class; a row with a NaN is left out.</param>
    /// <param name="labels">The true class of each row, from 0.</param>
    /// <param name="options">Calibration, confidence and seed; null takes the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a label is no class, there are fewer than two classes, or there is no row.
    /// </exception>
    public static MulticlassCbpe Fit(SampleMatrix scores, ReadOnlySpan<int> labels, CbpeOptions? options = null)
    {
        options ??= new CbpeOptions();
        Confidence.Check(options.Confidence);
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Columns, 2, nameof(scores));
        CheckClasses(scores, labels, nameof(labels));
        var rows = Observed(scores);
        if (rows.Length == 0)
        {
            throw new ArgumentException(
                "The reference has no row with all scores; give labelled rows that the model has scored.", nameof(scores));
        }

        var calibrations = new ScoreCalibration[scores.Columns];
        var column = new double[rows.Length];
        var isClass = new bool[rows.Length];
        for (var k = 0; k < calibrations.Length; k++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                column[i] = scores[rows[i]][k];
                isClass[i] = labels[rows[i]] == k;
            }

            calibrations[k] = ScoreCalibration.Fit(column, isClass, options);
        }

        return new MulticlassCbpe(calibrations, options.Confidence);
    }

    /// <summary>Estimates the metrics on rows without labels.</summary>
    /// <param name="scores">The model's scores, a column for each class; a row with a NaN is left out.</param>
    /// <param name="predictions">The class that the model predicted for each row, from 0.</param>
    /// <exception cref="ArgumentException">The columns or lengths differ, or a prediction is no class.</exception>
    public MulticlassPerformanceEstimate Estimate(SampleMatrix scores, ReadOnlySpan<int> predictions)
    {
        if (scores.Columns != Classes)
        {
            throw new ArgumentException($"There are {scores.Columns} columns of scores for {Classes} classes.", nameof(scores));
        }

        CheckClasses(scores, predictions, nameof(predictions));
        var rows = Observed(scores);
        var chances = Chances(scores, rows);
        var sums = Enumerable.Range(0, 6).Select(_ => new MacroAverage(Classes, rows.Length)).ToArray();
        var accuracy = new double[Classes][];
        var confusion = new double[Classes][];
        double right = 0;
        for (var k = 0; k < Classes; k++)
        {
            var column = new double[rows.Length];
            var predicted = new bool[rows.Length];
            accuracy[k] = new double[rows.Length];
            confusion[k] = new double[Classes];
            for (var i = 0; i < rows.Length; i++)
            {
                column[i] = scores[rows[i]][k];
                predicted[i] = predictions[rows[i]] == k;
                accuracy[k][i] = predicted[i] ? 1.0 / rows.Length : 0;
                confusion[k][predictions[rows[i]]] += chances[k][i];
            }

            var metrics = new ExpectedMetrics(column, chances[k], predicted);
            right += metrics.TruePositives;
            sums[0].Add(k, metrics.RocAuc);
            sums[1].Add(k, metrics.AveragePrecision);
            sums[2].Add(k, metrics.F1);
            sums[3].Add(k, metrics.Precision);
            sums[4].Add(k, metrics.Recall);
            sums[5].Add(k, metrics.Specificity);
        }

        var z = Confidence.NormalQuantile(_confidence);
        return new MulticlassPerformanceEstimate
        {
            Rows = rows.Length,
            RocAuc = sums[0].Estimate(chances, z),
            AveragePrecision = sums[1].Estimate(chances, z),
            F1 = sums[2].Estimate(chances, z),
            Precision = sums[3].Estimate(chances, z),
            Recall = sums[4].Estimate(chances, z),
            Specificity = sums[5].Estimate(chances, z),
            Accuracy = MacroAverage.Estimate(rows.Length == 0 ? double.NaN : right / rows.Length, accuracy, 1, chances, z),
            ConfusionMatrix = confusion,
        };
    }

    private double[][] Chances(SampleMatrix scores, int[] rows)
    {
        var chances = new double[Classes][];
        for (var k = 0; k < Classes; k++)
        {
            chances[k] = new double[rows.Length];
        }

        for (var i = 0; i < rows.Length; i++)
        {
            double sum = 0;
            for (var k = 0; k < Classes; k++)
            {
                sum += chances[k][i] = _calibrations[k].Of(scores[rows[i]][k]);
            }

            for (var k = 0; k < Classes; k++)
            {
                chances[k][i] = sum > 0 ? chances[k][i] / sum : 1.0 / Classes;
            }
        }

        return chances;
    }

    private static int[] Observed(SampleMatrix scores)
    {
        var rows = new List<int>();
        for (var i = 0; i < scores.Rows; i++)
        {
            if (!System.Numerics.Tensors.TensorPrimitives.IsNaNAny(scores[i]))
            {
                rows.Add(i);
            }
        }

        return [.. rows];
    }

    private static void CheckClasses(SampleMatrix scores, ReadOnlySpan<int> classes, string name)
    {
        if (classes.Length != scores.Rows)
        {
            throw new ArgumentException(
                $"There are {scores.Rows} rows of scores and {classes.Length} classes; give one class per row.", name);
        }

        foreach (var k in classes)
        {
            if (k < 0 || k >= scores.Columns)
            {
                throw new ArgumentOutOfRangeException(name, k, $"A class is a number from 0 to {scores.Columns - 1}.");
            }
        }
    }
}
