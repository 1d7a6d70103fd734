using Microsoft.Extensions.Logging;

namespace MlOps.Tracking;

internal static partial class Log
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Run {Run} could not send its heartbeat; it tries again.")]
    public static partial void HeartbeatFailed(ILogger logger, RunId run, Exception error);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "Run {Run} could not write {Count} events; it keeps them and tries again.")]
    public static partial void AppendFailed(ILogger logger, RunId run, int count, Exception error);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Run {Run} could not store its uncommitted diff; it goes on without.")]
    public static partial void DiffFailed(ILogger logger, RunId run, Exception error);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "Run {Run} could not be ended.")]
    public static partial void EndFailed(ILogger logger, RunId run, Exception error);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "Run {Run} of {Experiment} is lost: {Reason}")]
    public static partial void RunLost(ILogger logger, RunId run, string experiment, string reason);

    [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "What run {Run} records by itself could not be stored; the run goes on.")]
    public static partial void CompanionFailed(ILogger logger, RunId run, Exception error);

    [LoggerMessage(EventId = 7, Level = LogLevel.Warning, Message = "System metrics could not be sampled; the next sample is tried.")]
    public static partial void SampleFailed(ILogger logger, Exception error);

    [LoggerMessage(EventId = 8, Level = LogLevel.Information, Message = "Run {Run} ({Name}) of {Experiment} has started.")]
    public static partial void RunStarted(ILogger logger, RunId run, string name, string experiment);

    [LoggerMessage(EventId = 9, Level = LogLevel.Information, Message = "Run {Run} ({Name}) of {Experiment} has ended: {Status}.")]
    public static partial void RunEnded(ILogger logger, RunId run, string name, string experiment, RunStatus status);

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message = "Run {Run} ({Name}) of {Experiment} has failed: {Failure}")]
    public static partial void RunFailed(ILogger logger, RunId run, string name, string experiment, string? failure);

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "The webhook at {Host} was not told that run {Run} is {Status}.")]
    public static partial void NotificationFailed(ILogger logger, RunId run, RunStatus status, string host, Exception? error);
}
