using Microsoft.Extensions.Logging;

namespace MlOps.Serving;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Reference} is now answered by version {Version}.")]
    public static partial void Swapped(ILogger logger, string reference, int version);

    [LoggerMessage(2, LogLevel.Error, "{Reference} could not be refreshed; version {Version} goes on answering.")]
    public static partial void RefreshFailed(ILogger logger, string reference, int version, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "A prediction of {Reference} could not be recorded by the monitor.")]
    public static partial void MonitorFailed(ILogger logger, string reference, Exception error);

    [LoggerMessage(4, LogLevel.Warning, "Version {Version} of {Reference} could not be disposed after its last call.")]
    public static partial void DisposeFailed(ILogger logger, string reference, int version, Exception error);
}
