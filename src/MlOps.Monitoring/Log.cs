using Microsoft.Extensions.Logging;

namespace MlOps.Monitoring;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The monitor's buffer is full: {Lost} predictions of '{Model}' were lost so far. Raise MonitorBufferOptions.Capacity or use a faster store.")]
    public static partial void PredictionsLost(ILogger logger, string model, long lost);

    [LoggerMessage(2, LogLevel.Error, "{Count} predictions could not be stored and are lost.")]
    public static partial void AppendFailed(ILogger logger, Exception error, int count);

    [LoggerMessage(3, LogLevel.Warning, "Storing {Count} predictions failed; trying again.")]
    public static partial void AppendRetried(ILogger logger, Exception error, int count);

    [LoggerMessage(4, LogLevel.Information, "Window {Start:O} of '{Model}' judged: {Verdict}")]
    public static partial void WindowJudged(ILogger logger, string model, DateTimeOffset start, string verdict);

    [LoggerMessage(5, LogLevel.Warning, "Alert '{Rule}' on '{Model}', window {Start:O}: {Message}")]
    public static partial void Alerted(ILogger logger, string model, DateTimeOffset start, string rule, string message);
}
