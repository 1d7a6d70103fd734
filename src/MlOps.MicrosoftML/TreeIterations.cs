using System.Collections;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using MlOps.Statistics;
using MlOps.Tracking;

namespace MlOps.MicrosoftML;

/// <summary>Replays a calibrated binary tree ensemble tree by tree and logs the metrics after each.</summary>
internal static class TreeIterations
{
    private const int MaxRows = 20_000;

    public static void Log(IRun run, ITransformer model, IDataView data, string role, string labelColumn)
    {
        if (Find(model) is not { } found)
        {
            return;
        }

        var (ensemble, calibrator, featureColumn) = found;
        if (ensemble.Trees.Any(tree => tree.CategoricalSplitFlags.Any(flag => flag)))
        {
            run.SetTag("mlnet.iterations", "not replayed: the trees split on categories");
            return;
        }

        var (features, labels, final) = Read(model.Transform(data), featureColumn, labelColumn);
        if (labels.Length == 0)
        {
            return;
        }

        var curves = Replay(ensemble, calibrator, features, labels, out var scores);
        for (var row = 0; row < scores.Length; row++)
        {
            if (!(Math.Abs(scores[row] - final[row]) <= 1e-3 * (1 + Math.Abs(final[row]))))
            {
                run.SetTag("mlnet.iterations", "not replayed: the trees read apart do not add up to the model's score (missing values take a hidden branch)");
                return;
            }
        }

        for (var step = 0; step < curves.Length; step++)
        {
            run.LogMetric($"{role}_log_loss", curves[step].LogLoss, step + 1);
            run.LogMetric($"{role}_auc", curves[step].Auc, step + 1);
        }
    }

    private static (double LogLoss, double Auc)[] Replay(
        RegressionTreeEnsemble ensemble, ICalibrator calibrator, float[][] features, bool[] labels, out double[] scores)
    {
        scores = new double[labels.Length];
        Array.Fill(scores, ensemble.Bias);
        var probabilities = new double[labels.Length];
        var curves = new (double LogLoss, double Auc)[ensemble.Trees.Count];
        for (var step = 0; step < curves.Length; step++)
        {
            var tree = new FlatTree(ensemble.Trees[step]);
            var weight = ensemble.TreeWeights[step];
            for (var row = 0; row < scores.Length; row++)
            {
                scores[row] += weight * tree.Evaluate(features[row]);
                probabilities[row] = calibrator.PredictProbability((float)scores[row]);
            }

            curves[step] = (LogLoss.Of(probabilities, labels), RocAuc.Of(probabilities, labels));
        }

        return curves;
    }

    private static (float[][] Features, bool[] Labels, double[] Scores) Read(IDataView scored, string featureColumn, string labelColumn)
    {
        var (feature, label, score) = (scored.Schema.GetColumnOrNull(featureColumn), scored.Schema[labelColumn], scored.Schema.GetColumnOrNull("Score"));
        if (feature is null || score is null)
        {
            return ([], [], []);
        }

        var stride = Math.Max(1, ((scored.GetRowCount() ?? MaxRows) + MaxRows - 1) / MaxRows);
        var (features, labels, scores) = (new List<float[]>(), new List<bool>(), new List<double>());
        using var cursor = scored.GetRowCursor([feature.Value, label, score.Value]);
        var labelOf = LabeledRows.Label(cursor, label);
        var (featureOf, scoreOf) = (cursor.GetGetter<VBuffer<float>>(feature.Value), cursor.GetGetter<float>(score.Value));
        VBuffer<float> vector = default;
        float value = default;
        for (long row = 0; labelOf is not null && labels.Count < MaxRows && cursor.MoveNext(); row++)
        {
            if (row % stride == 0)
            {
                featureOf(ref vector);
                scoreOf(ref value);
                features.Add([.. vector.DenseValues()]);
                labels.Add(labelOf() > 0.5);
                scores.Add(value);
            }
        }

        return ([.. features], [.. labels], [.. scores]);
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

    private sealed class FlatTree(RegressionTree tree)
    {
        private readonly int[] _left = [.. tree.LeftChild];
        private readonly int[] _right = [.. tree.RightChild];
        private readonly int[] _feature = [.. tree.NumericalSplitFeatureIndexes];
        private readonly float[] _threshold = [.. tree.NumericalSplitThresholds];
        private readonly double[] _leaves = [.. tree.LeafValues];
        private readonly int _nodes = tree.NumberOfNodes;

        public double Evaluate(float[] features)
        {
            var node = _nodes == 0 ? -1 : 0;
            while (node >= 0)
            {
                node = features[_feature[node]] <= _threshold[node] ? _left[node] : _right[node];
            }

            return _leaves[~node];
        }
    }
}
