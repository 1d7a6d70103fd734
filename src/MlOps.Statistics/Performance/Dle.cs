using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Direct loss estimation of a regression model: its error on rows whose targets are not known yet.</summary>
/// <remarks>
/// <para>On a labelled reference, boosted trees learn each row's absolute, squared and relative loss from its features and the model's
/// prediction; on new rows the mean of what they expect is the metric. Source: NannyML's documentation of DLE. The trees are those of
/// <see cref="GradientBoostedTrees"/> under the squared loss.</para>
/// <para>Bands: the realised mean of n losses varies around the expected one by what the trees cannot tell, so that SE = s / √n with s the
/// deviation of reference losses from the trees' expectations; for the root mean squared error SE(MSE) / (2·RMSE), by the delta method. The
/// trees' own error is not held.</para>
/// <para>It assumes that the loss given features and prediction has not changed: covariate shift it sees, concept drift it cannot. Means
/// are not robust: a huge target in the reference moves them as it moves the metric. Immutable: safe to share between threads.</para>
/// </remarks>
public sealed class Dle
{
    private const double LeastTarget = 2.220446049250313e-16;

    private readonly (BoostedTrees Trees, double Spread)[] _losses;
    private readonly int _columns;
    private readonly double _confidence;

    private Dle((BoostedTrees Trees, double Spread)[] losses, int columns, double confidence)
    {
        _losses = losses;
        _columns = columns;
        _confidence = confidence;
    }

    /// <summary>Learns the losses of a model on a reference that it was not trained on.</summary>
    /// <param name="features">The model's features; NaN is a missing value and no reason to leave a row out.</param>
    /// <param name="predictions">The model's predictions.</param>
    /// <param name="targets">
    /// The true values. A row whose squared or relative loss is not finite, or whose prediction or target is missing, is left out.
    /// </param>
    /// <param name="options">Trees and confidence; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The lengths differ, no row is left, or an option is out of range.</exception>
    public static Dle Fit(SampleMatrix features, ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, DleOptions? options = null)
    {
        options ??= new DleOptions();
        Confidence.Check(options.Confidence);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Trees, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.Depth, Math.Clamp(options.Depth, 1, 7), nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.LearningRate, nameof(options));
        if (features.Rows != predictions.Length || predictions.Length != targets.Length)
        {
            throw new ArgumentException(
                $"There are {features.Rows} rows, {predictions.Length} predictions and {targets.Length} targets; give one of each per row.",
                nameof(targets));
        }

        var kept = new bool[targets.Length];
        var losses = new[] { new List<double>(), new List<double>(), new List<double>() };
        for (var i = 0; i < kept.Length; i++)
        {
            var absolute = Math.Abs(predictions[i] - targets[i]);
            var relative = absolute / Math.Max(Math.Abs(targets[i]), LeastTarget);
            kept[i] = double.IsFinite(absolute * absolute) && double.IsFinite(relative);
            if (kept[i])
            {
                losses[0].Add(absolute);
                losses[1].Add(absolute * absolute);
                losses[2].Add(relative);
            }
        }

        var inputs = Inputs(features, predictions, kept);
        if (inputs.Length == 0)
        {
            throw new ArgumentException(
                "No row has a prediction, a target and a finite loss; give labelled rows that the model has scored.", nameof(targets));
        }

        var rows = new SampleMatrix(inputs, features.Columns + 1);
        var shape = new TreeShape(options.Trees, options.Depth, options.LearningRate, 20);
        var fitted = new (BoostedTrees Trees, double Spread)[3];
        for (var k = 0; k < 3; k++)
        {
            double[] loss = [.. losses[k]];
            var trees = BoostedTrees.Fit(rows, loss, logistic: false, shape);
            double squares = 0;
            for (var i = 0; i < loss.Length; i++)
            {
                var left = loss[i] - trees.Of(rows[i]);
                squares += left * left;
            }

            fitted[k] = (trees, Math.Sqrt(squares / loss.Length));
        }

        return new Dle(fitted, rows.Columns, options.Confidence);
    }

    /// <summary>Estimates the metrics on rows without targets.</summary>
    /// <param name="features">The model's features, of the reference's columns.</param>
    /// <param name="predictions">The model's predictions; NaN leaves a row out.</param>
    /// <exception cref="ArgumentException">The columns or lengths differ.</exception>
    public RegressionPerformanceEstimate Estimate(SampleMatrix features, ReadOnlySpan<double> predictions)
    {
        if (features.Columns + 1 != _columns || features.Rows != predictions.Length)
        {
            throw new ArgumentException(
                $"There are {features.Rows} rows of {features.Columns} columns and {predictions.Length} predictions; "
                + $"give {_columns - 1} columns and one prediction per row.",
                nameof(features));
        }

        var kept = new bool[predictions.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = !double.IsNaN(predictions[i]);
        }

        var rows = new SampleMatrix(Inputs(features, predictions, kept), _columns);
        var z = Confidence.NormalQuantile(_confidence);
        var (absolute, absoluteError) = Mean(0, rows);
        var (squared, squaredError) = Mean(1, rows);
        var (relative, relativeError) = Mean(2, rows);
        var root = Math.Sqrt(squared);
        return new RegressionPerformanceEstimate
        {
            Rows = rows.Rows,
            MeanAbsoluteError = Estimate(absolute, absoluteError),
            MeanSquaredError = Estimate(squared, squaredError),
            RootMeanSquaredError = Estimate(root, root > 0 ? squaredError / (2 * root) : root),
            MeanAbsolutePercentageError = Estimate(relative, relativeError),
        };

        MetricEstimate Estimate(double value, double error) => MetricEstimate.Of(value, error, z, 0, double.PositiveInfinity);
    }

    /// <summary>The mean expected loss, at least 0, and its standard error.</summary>
    private (double Value, double Error) Mean(int loss, SampleMatrix rows)
    {
        double sum = 0;
        for (var i = 0; i < rows.Rows; i++)
        {
            sum += _losses[loss].Trees.Of(rows[i]);
        }

        return rows.Rows == 0 ? (double.NaN, double.NaN) : (Math.Max(0, sum / rows.Rows), _losses[loss].Spread / Math.Sqrt(rows.Rows));
    }

    /// <summary>The kept rows' features with the prediction as a last column.</summary>
    private static double[] Inputs(SampleMatrix features, ReadOnlySpan<double> predictions, bool[] kept)
    {
        var columns = features.Columns + 1;
        var inputs = new double[kept.AsSpan().Count(true) * columns];
        var next = 0;
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i])
            {
                features[i].CopyTo(inputs.AsSpan(next * columns));
                inputs[(next * columns) + columns - 1] = predictions[i];
                next++;
            }
        }

        return inputs;
    }
}
