namespace MlOps.Tracking;

/// <summary>What part of a run a <see cref="RunField"/> names.</summary>
public enum RunFieldKind
{
    /// <summary>A property of the run itself, such as <c>status</c> or <c>start_time</c>.</summary>
    Attribute,

    /// <summary>A metric: its latest value or a summary of its points.</summary>
    Metric,

    /// <summary>A parameter.</summary>
    Parameter,

    /// <summary>A tag.</summary>
    Tag,

    /// <summary>The <c>name</c>, <c>digest</c> or <c>context</c> of a data set that the run read.</summary>
    Dataset,
}
