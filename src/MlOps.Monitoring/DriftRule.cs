namespace MlOps.Monitoring;

/// <summary>Alerts when enough columns of a window differ from the baseline of the version that answered.</summary>
public sealed class DriftRule
{
    /// <summary>How many columns must have drifted; default 1.</summary>
    public int MinimumColumns { get; set; } = 1;

    /// <summary>The columns that count, <c>prediction</c> among them if wanted; empty counts all.</summary>
    public IList<string> Columns { get; } = [];

    /// <summary>The predictions of a version that a window needs to be compared; default 100.</summary>
    public int MinimumPredictions { get; set; } = 100;
}
