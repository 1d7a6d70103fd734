using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Confidence-based performance estimation of a binary classifier: its metrics on rows whose labels are not known yet.</summary>
/// <remarks>
/// <para>A calibrated score is the chance that the row is positive, so a metric's formula can be computed with chances in place of labels.
/// Source: NannyML's documentation of CBPE; Białek, Perrakis, Kuberski and Gilham, "Estimating model performance under covariate shift
/// without labels" (2024). ROC AUC and average precision rank rows by the raw score, as the realised metrics will.</para>
/// <para>Bands: labels are independent with P(yᵢ = 1) = pᵢ, so Var(M) ≈ Σ pᵢ(1 - pᵢ)(∂M/∂yᵢ)² (delta method, exact for accuracy and
/// precision), and the band is M ± z√Var(M). It holds what chance does to a chunk of this size and these scores; it does not hold an error
/// of calibration.</para>
/// <para>It assumes that P(y | features) has not changed: covariate shift it sees, concept drift it cannot. Immutable: safe to share
/// between threads.</para>
/// </remarks>
public sealed class Cbpe
{
    private readonly ScoreCalibration _calibration;
    private readonly double _confidence;

    private Cbpe(ScoreCalibration calibration, double confidence)
    {
        _calibration = calibration;
        _confidence = confidence;
    }

    /// <summary>Whether scores are recalibrated; see <see cref="CbpeOptions.Calibration"/>.</summary>
    public bool IsCalibrated => _calibration.IsCalibrated;

    /// <summary>Learns how scores relate to labels on a reference that the model was not trained on.</summary>
    /// <param name="scores">The model's score of the positive class; NaN leaves a row out.</param>
    /// <param name="labels">The true labels.</param>
    /// <param name="options">Calibration, confidence and seed; null takes the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, there is no row, or scores that are no probabilities may not be calibrated.
    /// </exception>
    public static Cbpe Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, CbpeOptions? options = null)
    {
        PairedLabels.Check(scores, labels);
        options ??= new CbpeOptions();
        Confidence.Check(options.Confidence);
        var rows = Observed(scores);
        if (rows.Length == 0)
        {
            throw new ArgumentException(
                "The reference has no row with a score; give labelled rows that the model has scored.", nameof(scores));
        }

        var keptScores = new double[rows.Length];
        var keptLabels = new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            keptScores[i] = scores[rows[i]];
            keptLabels[i] = labels[rows[i]];
        }

        return new Cbpe(ScoreCalibration.Fit(keptScores, keptLabels, options), options.Confidence);
    }

    /// <summary>The calibrated chance that a row with this score is positive; NaN at NaN.</summary>
    public double Calibrate(double score) => double.IsNaN(score) ? score : _calibration.Of(score);

    /// <summary>Estimates the metrics on rows without labels, taking a score at or above the threshold for a positive prediction.</summary>
    /// <param name="scores">The model's scores; NaN leaves a row out.</param>
    /// <param name="threshold">On the raw score, 0.5 by default.</param>
    public BinaryPerformanceEstimate Estimate(ReadOnlySpan<double> scores, double threshold = 0.5)
    {
        var predictions = new bool[scores.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            predictions[i] = scores[i] >= threshold;
        }

        return Estimate(scores, predictions);
    }

    /// <summary>Estimates the metrics on rows without labels.</summary>
    /// <param name="scores">The model's scores; NaN leaves a row out.</param>
    /// <param name="predictions">The label that the model predicted for each row.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public BinaryPerformanceEstimate Estimate(ReadOnlySpan<double> scores, ReadOnlySpan<bool> predictions)
    {
        PairedLabels.Check(scores, predictions);
        var rows = Observed(scores);
        var kept = new double[rows.Length];
        var probabilities = new double[rows.Length];
        var predicted = new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            kept[i] = scores[rows[i]];
            probabilities[i] = _calibration.Of(kept[i]);
            predicted[i] = predictions[rows[i]];
        }

        var metrics = new ExpectedMetrics(kept, probabilities, predicted);
        var gradient = new double[rows.Length];
        var z = Confidence.NormalQuantile(_confidence);
        double whenPredicted = 0, otherwise = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var variance = probabilities[i] * (1 - probabilities[i]);
            whenPredicted += predicted[i] ? variance : 0;
            otherwise += predicted[i] ? 0 : variance;
        }

        return new BinaryPerformanceEstimate
        {
            Rows = rows.Length,
            RocAuc = Share(metrics.RocAuc(gradient)),
            AveragePrecision = Share(metrics.AveragePrecision(gradient)),
            F1 = Share(metrics.F1(gradient)),
            Precision = Share(metrics.Precision(gradient)),
            Recall = Share(metrics.Recall(gradient)),
            Specificity = Share(metrics.Specificity(gradient)),
            Accuracy = Share(metrics.Accuracy(gradient)),
            TruePositives = Count(metrics.TruePositives, whenPredicted),
            FalsePositives = Count(metrics.FalsePositives, whenPredicted),
            TrueNegatives = Count(metrics.TrueNegatives, otherwise),
            FalseNegatives = Count(metrics.FalseNegatives, otherwise),
        };

        MetricEstimate Share(double value)
        {
            double variance = 0;
            for (var i = 0; i < gradient.Length; i++)
            {
                variance += probabilities[i] * (1 - probabilities[i]) * gradient[i] * gradient[i];
            }

            return MetricEstimate.Of(value, double.IsNaN(value) ? double.NaN : Math.Sqrt(variance), z, 0, 1);
        }

        MetricEstimate Count(double value, double variance) => MetricEstimate.Of(value, Math.Sqrt(variance), z, 0, rows.Length);
    }

    private static int[] Observed(ReadOnlySpan<double> scores)
    {
        var rows = new int[scores.Length];
        var count = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (!double.IsNaN(scores[i]))
            {
                rows[count++] = i;
            }
        }

        return rows[..count];
    }
}
