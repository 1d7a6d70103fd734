namespace MlOps.Tracking;

/// <summary>Whether a metric gets better by falling or by rising.</summary>
public static class MetricDirection
{
    private static readonly HashSet<string> _lower = new(StringComparer.OrdinalIgnoreCase)
    {
        "loss", "logloss", "error", "err", "mse", "rmse", "rmsle", "mae", "mape", "smape", "perplexity", "ppl", "brier", "deviance", "nll",
        "entropy", "crossentropy", "divergence", "distance", "fpr", "fnr", "wer", "cer", "fid", "ece", "regret", "cost", "latency", "duration",
        "time", "seconds", "ms",
    };

    /// <summary>
    /// Whether a word of the name is one of a loss, an error, a distance or a time, as in <c>val_loss</c>, <c>test/RMSE</c> or
    /// <c>logLoss</c>; all other metrics are taken to be better the greater they are.
    /// </summary>
    public static bool IsLowerBetter(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var start = 0;
        for (var i = 1; i <= metric.Length; i++)
        {
            var ends = i == metric.Length
                || !char.IsLetter(metric[i])
                || !char.IsLetter(metric[i - 1])
                || (char.IsUpper(metric[i]) && char.IsLower(metric[i - 1]));
            if (ends)
            {
                if (_lower.Contains(metric[start..i]))
                {
                    return true;
                }

                start = i;
            }
        }

        return _lower.Contains(metric);
    }
}
