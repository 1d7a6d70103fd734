using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Statistics;
using MlOps.Tracking;

namespace MlOps.MicrosoftML;

/// <summary>Measures a finished model's answers.</summary>
internal static class FinalMetrics
{
    public static void Log(IRun run, IDataView scored, string labelColumn)
    {
        var probability = scored.Schema.GetColumnOrNull("Probability");
        var score = probability ?? scored.Schema.GetColumnOrNull("Score");
        if (score is not { } answer || answer.Type != NumberDataViewType.Single)
        {
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var labelOf = scored.Schema[labelColumn];
        using var cursor = scored.GetRowCursor([answer, labelOf]);
        if (LabeledRows.Label(cursor, labelOf) is not { } label)
        {
            return;
        }

        var getter = cursor.GetGetter<float>(answer);
        var (answers, labels) = (new List<double>(), new List<double>());
        float value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
            answers.Add(value);
            labels.Add(label());
        }

        MicrosoftMLTelemetry.RecordScoring(started);
        if (answers.Count == 0)
        {
            return;
        }

        if (probability is not null)
        {
            LogBinary(run, [.. answers], [.. labels.Select(truth => truth > 0.5)]);
        }
        else if (labelOf.Type == NumberDataViewType.Single)
        {
            run.LogMetric("rmse", Math.Sqrt(answers.Zip(labels, (left, right) => (left - right) * (left - right)).Average()));
            run.LogMetric("mae", answers.Zip(labels, (left, right) => Math.Abs(left - right)).Average());
        }
    }

    private static void LogBinary(IRun run, double[] probabilities, bool[] labels)
    {
        run.LogMetric("log_loss", LogLoss.Of(probabilities, labels));
        run.LogMetric("auc", RocAuc.Of(probabilities, labels));
        var (truePositive, falsePositive, falseNegative) = (0, 0, 0);
        for (var row = 0; row < labels.Length; row++)
        {
            var predicted = probabilities[row] >= 0.5;
            truePositive += predicted && labels[row] ? 1 : 0;
            falsePositive += predicted && !labels[row] ? 1 : 0;
            falseNegative += !predicted && labels[row] ? 1 : 0;
        }

        run.LogMetric("accuracy", 1 - ((falsePositive + falseNegative) / (double)labels.Length));
        var denominator = (2 * truePositive) + falsePositive + falseNegative;
        run.LogMetric("f1", denominator == 0 ? 0 : 2.0 * truePositive / denominator);
    }
}
