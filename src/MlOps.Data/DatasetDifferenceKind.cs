namespace MlOps.Data;

/// <summary>How a row differs from what was expected.</summary>
public enum DatasetDifferenceKind
{
    /// <summary>A cell has another value.</summary>
    ChangedCell,

    /// <summary>An expected row is not there.</summary>
    MissingRow,

    /// <summary>A row is there that was not expected.</summary>
    ExtraRow,
}
