using MlOps.Statistics;

namespace MlOps.Monitoring;

/// <summary>Measures predictions whose outcome is known.</summary>
internal static class WindowPerformance
{
    /// <summary>The normal deviate of a two-sided 95 % interval.</summary>
    private const double TwoSided = 1.959963984540054;

    /// <summary>The normal deviate of a one-sided 95 % bound.</summary>
    private const double OneSided = 1.6448536269514722;

    public static IReadOnlyList<string> LossesOf(PredictionTask task) =>
        task == PredictionTask.Regression ? ["mae", "rmse"] : ["log_loss", "brier"];

    public static Dictionary<string, double> Measure(PredictionTask task, IReadOnlyList<LoggedPrediction> known)
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        if (known.Count == 0)
        {
            return metrics;
        }

        var scores = known.Select(row => row.Score).ToArray();
        if (task == PredictionTask.Regression)
        {
            var errors = known.Select(row => row.Score - row.Outcome!.Value).ToArray();
            AddInterval(metrics, "mae", Moments.Of(Array.ConvertAll(errors, Math.Abs)));
            metrics["rmse"] = Math.Sqrt(Moments.Of(Array.ConvertAll(errors, error => error * error)).Mean);
            metrics["bias"] = Moments.Of(errors).Mean;
            return metrics;
        }

        var labels = known.Select(row => row.Outcome!.Value > 0.5).ToArray();
        AddInterval(metrics, "log_loss", Moments.Of(Losses("log_loss", known)));
        metrics["brier"] = BrierScore.Of(scores, labels);
        metrics["ece"] = ExpectedCalibrationError.Of(scores, labels);
        metrics["label_share"] = (double)labels.Count(label => label) / labels.Length;
        metrics["predicted_share"] = Moments.Of(scores).Mean;
        if (RocAuc.Of(scores, labels) is var auc && !double.IsNaN(auc))
        {
            metrics["auc"] = auc;
        }

        return metrics;
    }

    /// <summary>The lower one-sided 95 % bound of a window's loss.</summary>
    public static double LowerBound(string metric, IReadOnlyList<LoggedPrediction> known)
    {
        var moments = Moments.Of(Losses(metric, known));
        var bound = moments.Mean - (OneSided * moments.StandardDeviation / Math.Sqrt(moments.Count));
        return metric == "rmse" ? Math.Sqrt(Math.Max(0, bound)) : bound;
    }

    private static double[] Losses(string metric, IReadOnlyList<LoggedPrediction> known)
    {
        var losses = new double[known.Count];
        if (metric == "log_loss")
        {
            LogLoss.PerRow(known.Select(row => row.Score).ToArray(), known.Select(row => row.Outcome!.Value > 0.5).ToArray(), losses);
            return losses;
        }

        for (var i = 0; i < losses.Length; i++)
        {
            var error = known[i].Score - known[i].Outcome!.Value;
            losses[i] = metric == "mae" ? Math.Abs(error) : error * error;
        }

        return losses;
    }

    private static void AddInterval(Dictionary<string, double> metrics, string name, Moments moments)
    {
        metrics[name] = moments.Mean;
        if (moments.Count > 1)
        {
            var half = TwoSided * moments.StandardDeviation / Math.Sqrt(moments.Count);
            metrics[$"{name}_lower"] = Math.Max(0, moments.Mean - half);
            metrics[$"{name}_upper"] = moments.Mean + half;
        }
    }
}
