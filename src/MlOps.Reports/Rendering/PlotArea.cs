namespace MlOps.Reports.Rendering;

/// <summary>The rectangle inside the axes.</summary>
internal readonly record struct PlotArea(double Left, double Top, double Right, double Bottom)
{
    public double X(AxisScale scale, double value) => Left + (scale.Fraction(value) * (Right - Left));

    public double Y(AxisScale scale, double value) => Bottom - (scale.Fraction(value) * (Bottom - Top));
}
