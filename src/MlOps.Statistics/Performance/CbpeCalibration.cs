namespace MlOps.Statistics;

/// <summary>When <see cref="Cbpe"/> and <see cref="MulticlassCbpe"/> recalibrate scores on the reference.</summary>
public enum CbpeCalibration
{
    /// <summary>
    /// Where isotonic regression lowers the expected calibration error on held-out reference rows, as the mean of ten seeded splits in
    /// half.
    /// </summary>
    WhenItHelps,

    /// <summary>In every case.</summary>
    Always,

    /// <summary>In no case: scores are taken for probabilities as they are.</summary>
    Never,
}
