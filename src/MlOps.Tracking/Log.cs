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

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "Run {Run} could not be ended while an exception was leaving its block.")]
    public static partial void EndFailed(ILogger logger, RunId run, Exception error);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "Run {Run} of {Experiment} is lost: {Reason}")]
    public static partial void RunLost(ILogger logger, RunId run, string experiment, string reason);
}
