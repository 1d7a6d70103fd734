namespace MlOps.Data;

/// <summary>Which values of metrics become history.</summary>
public enum HistoryAppend
{
    /// <summary>
    /// Those whose checks passed, so that a fault never becomes what is expected. After a change that is right, run once with
    /// <see cref="Always"/>: for a relative change that is enough, the other strategies widen with each such run.
    /// </summary>
    WhenPassed,

    /// <summary>All of them.</summary>
    Always,

    /// <summary>None: the history is read alone, as for a trial.</summary>
    Never,
}
