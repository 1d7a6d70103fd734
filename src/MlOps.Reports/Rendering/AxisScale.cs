namespace MlOps.Reports.Rendering;

/// <summary>A stretch of an axis with its ticks.</summary>
internal sealed record AxisScale(double Min, double Max, IReadOnlyList<double> Ticks, IReadOnlyList<string> Labels)
{
    /// <summary>Where a value lies, from 0 at the start of the axis to 1 at its end; outside values are held at the ends.</summary>
    public double Fraction(double value) => Math.Clamp((value - Min) / (Max - Min), 0, 1);
}
