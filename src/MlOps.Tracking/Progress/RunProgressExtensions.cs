namespace MlOps.Tracking;

/// <summary>Reports how far a run's work has come.</summary>
public static class RunProgressExtensions
{
    /// <summary>Begins to report progress.</summary>
    /// <param name="run">The run.</param>
    /// <param name="total">How much there is to do: epochs, batches, files; at least 1.</param>
    /// <param name="console">
    /// Where a line is written each time that progress is recorded, such as <c>Console.Error</c>; null writes none.
    /// </param>
    /// <param name="time">The clock; null takes the system's.</param>
    public static RunProgress Progress(this IRun run, long total, TextWriter? console = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        return new RunProgress(run, total, time ?? TimeProvider.System, console);
    }
}
