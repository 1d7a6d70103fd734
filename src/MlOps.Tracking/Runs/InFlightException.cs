using System.Diagnostics;

namespace MlOps.Tracking;

/// <summary>Finds the exception that is leaving the block which a run belongs to, when the compiler disposes the run.</summary>
/// <remarks>
/// C# gives <c>DisposeAsync</c> no way to ask. The compiler turns <c>await using</c> into a catch-all, a call of <c>DisposeAsync</c> on the same
/// thread, and a rethrow. So the last exception raised on each thread is kept, a call on a run forgets it, and at disposal it counts when it was
/// raised after the run began and was caught in the very method that disposes.
/// </remarks>
internal static class InFlightException
{
    // DisposeAsync is reached directly, through ConfiguredAsyncDisposable, or through a wrapper or two.
    private const int CallersToSearch = 4;

    [ThreadStatic]
    private static Exception? _last;

    [ThreadStatic]
    private static long _raisedAt;

    static InFlightException()
    {
        AppDomain.CurrentDomain.FirstChanceException += (_, arguments) =>
        {
            _last = arguments.Exception;
            _raisedAt = Stopwatch.GetTimestamp();
        };
    }

    /// <summary>Begins to watch; later calls do nothing.</summary>
    public static void Watch() => _last = null;

    /// <summary>Takes the exceptions raised so far on this thread for handled.</summary>
    public static void Forget() => _last = null;

    /// <summary>The exception leaving the method that called <c>DisposeAsync</c>; null when there is none.</summary>
    /// <param name="since">When the run began, as <see cref="Stopwatch.GetTimestamp"/>.</param>
    public static Exception? Take(long since)
    {
        var exception = _last;
        _last = null;
        if (exception is null || _raisedAt < since || Outermost(exception) is not { } catcher)
        {
            return null;
        }

        // Frame 0 is this method and frame 1 DisposeAsync itself.
        var here = new StackTrace();
        for (var frame = 2; frame < Math.Min(here.FrameCount, 2 + CallersToSearch); frame++)
        {
            if (here.GetFrame(frame) is { } caller && DiagnosticMethodInfo.Create(caller) is { } method && IsSame(method, catcher))
            {
                return exception;
            }
        }

        return null;
    }

    private static DiagnosticMethodInfo? Outermost(Exception exception)
    {
        var trace = new StackTrace(exception);
        return trace.GetFrame(trace.FrameCount - 1) is { } frame ? DiagnosticMethodInfo.Create(frame) : null;
    }

    private static bool IsSame(DiagnosticMethodInfo left, DiagnosticMethodInfo right) =>
        string.Equals(left.Name, right.Name, StringComparison.Ordinal)
        && string.Equals(left.DeclaringTypeName, right.DeclaringTypeName, StringComparison.Ordinal)
        && string.Equals(left.DeclaringAssemblyName, right.DeclaringAssemblyName, StringComparison.Ordinal);
}
