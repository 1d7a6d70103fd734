namespace MlOps.Tracking;

/// <summary>How the results of a reproduced run stand to those of the original.</summary>
public enum ReproductionVerdict
{
    /// <summary>Parameters, inputs, all points of all metrics and all files are equal to the last bit.</summary>
    BitEqual,

    /// <summary>Some numbers differ, none by more than the tolerance; or an archive holds equal files packed in another way.</summary>
    EqualWithinTolerance,

    /// <summary>Something differs by more than that.</summary>
    Different,
}
