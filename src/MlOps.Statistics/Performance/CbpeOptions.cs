namespace MlOps.Statistics;

/// <summary>How <see cref="Cbpe"/> and <see cref="MulticlassCbpe"/> estimate.</summary>
public sealed class CbpeOptions
{
    /// <summary>When scores are recalibrated; by default where it helps.</summary>
    public CbpeCalibration Calibration { get; init; }

    /// <summary>The level of the confidence bands, 0.95 by default.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>The seed of the splits that decide on calibration, 0 by default.</summary>
    public int Seed { get; init; }
}
