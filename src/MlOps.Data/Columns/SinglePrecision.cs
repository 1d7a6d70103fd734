namespace MlOps.Data.Columns;

/// <summary>What a number that was written down is in a column of single precision, whose 0.1 is not that of double precision.</summary>
internal static class SinglePrecision
{
    /// <summary>The nearest number of single precision; one beyond its range, of which no cell can be, as it is.</summary>
    public static double Of(double value) => float.IsFinite((float)value) ? (float)value : value;
}
