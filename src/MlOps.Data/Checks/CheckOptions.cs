namespace MlOps.Data;

/// <summary>How a suite of checks is run.</summary>
public sealed record CheckOptions
{
    /// <summary>The defaults.</summary>
    public static CheckOptions Default { get; } = new();

    /// <summary>How many wrong rows a result shows: the first ones. Default 5; 0 for none.</summary>
    public int MaxExamples { get; init; } = 5;

    /// <summary>Columns of personal data beside those that the suite names: their values are shown as <c>•••</c>. Default: none.</summary>
    /// <remarks>Names of columns that are not there are passed over. The rows of <see cref="CheckReport.Quarantine"/> are whole.</remarks>
    public IReadOnlyCollection<string> PersonalColumns { get; init; } = [];

    /// <summary>
    /// About how many bytes each check that has to remember values may hold in memory. Default: 256 MiB. The checks for unique values put the
    /// rest on disk and stay exact; one against other data is refused with a message.
    /// </summary>
    public long MemoryBudget { get; init; } = 256L << 20;

    /// <summary>Where values go that do not fit in memory: files without a name, gone with the run. Default: the system's folder for temporary files.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>Where the metrics of checks <c>WithinHistory</c> are kept. Default: null, and such checks fail with a message that says so.</summary>
    public IMetricHistory? History { get; init; }

    /// <summary>
    /// What the names of the series begin with. Default: null, for the suite's name. Give one for each source where one suite checks several,
    /// so that their values are not mixed.
    /// </summary>
    public string? HistoryName { get; init; }

    /// <summary>Which values become history. Default: those whose checks passed.</summary>
    public HistoryAppend HistoryAppend { get; init; }

    /// <summary>The data version or run that is put beside the values in the history, such as <c>flights@3</c>. Default: null.</summary>
    public string? DataReference { get; init; }

    /// <summary>The clock by which the run is timed and fresh data are judged. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
