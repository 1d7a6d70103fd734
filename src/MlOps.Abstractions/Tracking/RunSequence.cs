namespace MlOps.Tracking;

/// <summary>
/// How the events of a run are numbered when several processes write them one after the other; for those who write a run store.
/// </summary>
/// <remarks>
/// Each resumption of a run begins a new range of numbers. A process that was only silent and wakes up after another one has resumed its
/// run still counts in the old range: its batches are refused, and neither hide the new process's events nor mix with them.
/// </remarks>
public static class RunSequence
{
    // At a million events a second a range lasts for twelve days.
    private const int RangeBits = 40;

    /// <summary>The number of the first event after a resumption.</summary>
    /// <param name="count">The number that the next event would have had.</param>
    public static long AfterResume(long count) => ((count >> RangeBits) + 1) << RangeBits;

    /// <summary>Refuses a batch of a process whose run another one has resumed.</summary>
    /// <param name="run">The run, for the message.</param>
    /// <param name="sequence">The number of the batch's first event.</param>
    /// <param name="count">The number that the store expects.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.RunEnded"/>.</exception>
    public static void ThrowIfSuperseded(RunId run, long sequence, long count)
    {
        if (sequence >> RangeBits < count >> RangeBits)
        {
            throw new MlOpsException(
                ErrorCodes.RunEnded,
                $"Another process has resumed run {run}; what this one records is refused. "
                + "Start another run, or stop the other process and resume.");
        }
    }
}
