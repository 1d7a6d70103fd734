namespace MlOps.Data.Checks.History;

/// <summary>Between what a value is expected, both inclusive.</summary>
internal readonly record struct HistoryBounds(double Min, double Max)
{
    // What two runs compute in another order may differ in the last digits.
    private const double Rounding = 1e-9;

    /// <summary>Bounds that rounding does not cross.</summary>
    public static HistoryBounds Of(double min, double max)
    {
        var room = Rounding * Math.Max(Math.Abs(min), Math.Abs(max));
        return new HistoryBounds(min - room, max + room);
    }

    public bool Allow(double value) => value >= Min && value <= Max;
}
