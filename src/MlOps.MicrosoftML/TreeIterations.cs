using System.Collections;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using MlOps.Statistics;
using MlOps.Tracking;

namespace MlOps.MicrosoftML;

/// <summary>Replays a calibrated binary tree ensemble tree by tree and logs the metrics after each.</summary>
internal sealed class TreeIterations
{
    private const string Tag = "mlnet.iterations";

    /// <summary>Ranking the rows for an area costs as much as some ten trees.</summary>
    private const int TreesPerArea = 10;

    private readonly ITransformer _model;
    private readonly ICalibrator _calibrator;
    private readonly string _featureColumn;
    private readonly int[] _features;
    private readonly ReplayTree[] _trees;
    private readonly double _bias;

    private TreeIterations(ITransformer model, RegressionTreeEnsemble ensemble, ICalibrator calibrator, string featureColumn)
    {
        (_model, _calibrator, _featureColumn, _bias) = (model, calibrator, featureColumn, ensemble.Bias);
        _features = [.. ensemble.Trees.SelectMany(tree => tree.NumericalSplitFeatureIndexes).Distinct().Order()];
        _trees = [.. ensemble.Trees.Zip(ensemble.TreeWeights, (tree, weight) => new ReplayTree(tree, weight, _features))];
    }

    /// <summary>Logs the curves of each role's rows; nothing when the model is no such ensemble, and a tag that says why when it cannot be read faithfully.</summary>
    public static void Log(IRun run, ITransformer model, IEnumerable<(string Role, IDataView Rows)> data, string labelColumn)
    {
        if (Find(model) is not var (ensemble, calibrator, featureColumn))
        {
            return;
        }

        if (ensemble.Trees.Any(tree => tree.CategoricalSplitFlags.Any(flag => flag)))
        {
            run.SetTag(Tag, "not replayed: the trees split on categories");
            return;
        }

        if (!model.IsRowToRowMapper)
        {
            run.SetTag(Tag, "not replayed: the model does not map row to row");
            return;
        }

        var iterations = new TreeIterations(model, ensemble, calibrator, featureColumn);
        foreach (var (role, rows) in data)
        {
            iterations.Log(run, role, rows, labelColumn);
        }
    }

    private void Log(IRun run, string role, IDataView data, string labelColumn)
    {
        if (ReplayRows.Read(_model.GetRowToRowMapper(data.Schema), data, _features, _featureColumn, labelColumn) is not { } rows)
        {
            return;
        }

        var curves = Replay(rows, out var scores);
        if (rows.Checks.Any(check => !(Math.Abs(scores[check.Row] - check.Score) <= 1e-3 * (1 + Math.Abs(check.Score)))))
        {
            run.SetTag(Tag, "not replayed: the trees read apart do not add up to the model's score (missing values take a hidden branch)");
            return;
        }

        for (var step = 0; step < curves.Length; step++)
        {
            run.LogMetric($"{role}_log_loss", curves[step].LogLoss, step + 1);
            if (curves[step].Auc is { } auc)
            {
                run.LogMetric($"{role}_auc", auc, step + 1);
            }
        }
    }

    private (double LogLoss, double? Auc)[] Replay(ReplayRows rows, out double[] scores)
    {
        scores = new double[rows.Count];
        Array.Fill(scores, _bias);
        var probabilities = new double[rows.Count];
        var sets = new ulong[_trees.Max(tree => tree.Sets) * rows.Words];
        var curves = new (double LogLoss, double? Auc)[_trees.Length];
        for (var step = 0; step < curves.Length; step++)
        {
            _trees[step].AddTo(rows, scores, sets);
            Calibrate(scores, probabilities);
            var ranked = (step + 1) % TreesPerArea == 0 || step == curves.Length - 1;
            curves[step] = (LogLoss.Of(probabilities, rows.Labels), ranked ? RocAuc.Of(probabilities, rows.Labels) : null);
        }

        return curves;
    }

    // The interface costs a call a row; a vectorised sigmoid measured slower than this loop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Calibrate(double[] scores, double[] probabilities)
    {
        if (_calibrator is PlattCalibrator platt)
        {
            var (slope, offset) = (platt.Slope, platt.Offset);
            for (var row = 0; row < scores.Length; row++)
            {
                probabilities[row] = 1 / (1 + Math.Exp((slope * scores[row]) + offset));
            }

            return;
        }

        for (var row = 0; row < scores.Length; row++)
        {
            probabilities[row] = _calibrator.PredictProbability((float)scores[row]);
        }
    }

    // The generic calibrated model has no common interface that gives both parts, so they are read by name.
    private static (RegressionTreeEnsemble Trees, ICalibrator Calibrator, string Features)? Find(ITransformer model)
    {
        foreach (var transformer in Flatten(model).Reverse())
        {
            if (transformer is not ISingleFeaturePredictionTransformer<object> { Model: { } parameters } prediction)
            {
                continue;
            }

            if (Part(parameters, "Calibrator") is ICalibrator calibrator
                && Part(parameters, "SubModel") is { } subModel
                && Part(subModel, "TrainedTreeEnsemble") is RegressionTreeEnsemble trees)
            {
                return (trees, calibrator, prediction.FeatureColumnName);
            }
        }

        return null;
    }

    // Derived models hide some of these properties by typed ones of the same name; any of them gives the same part.
    private static object? Part(object model, string name) => model.GetType().GetProperties()
        .FirstOrDefault(property => property.Name == name && property.GetIndexParameters().Length == 0)?.GetValue(model);

    private static IEnumerable<ITransformer> Flatten(ITransformer model) =>
        model is IEnumerable chain ? chain.Cast<ITransformer>().SelectMany(Flatten) : [model];
}
