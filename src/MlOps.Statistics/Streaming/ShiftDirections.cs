namespace MlOps.Statistics;

/// <summary>Picks what counts in a direction.</summary>
internal static class ShiftDirections
{
    /// <summary>How far a stream has moved in the watched direction; the farther of the two where both are.</summary>
    public static double Of(this ShiftDirection direction, double rise, double fall) => direction switch
    {
        ShiftDirection.Up => rise,
        ShiftDirection.Down => fall,
        _ => Math.Max(rise, fall),
    };
}
