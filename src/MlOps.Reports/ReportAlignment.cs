namespace MlOps.Reports;

/// <summary>Where the cells of a column stand.</summary>
public enum ReportAlignment
{
    /// <summary>Right when every filled cell of the column reads as a number, with or without a unit; left otherwise.</summary>
    Auto,

    /// <summary>Flush left: for words.</summary>
    Left,

    /// <summary>Flush right: for numbers, so that digits of equal weight stand under each other.</summary>
    Right,

    /// <summary>In the middle: for short marks.</summary>
    Center,
}
