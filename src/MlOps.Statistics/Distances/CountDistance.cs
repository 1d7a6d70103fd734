namespace MlOps.Statistics;

/// <summary>A distance of two rows of counts whose null distribution <see cref="CalibratedDistance"/> gives.</summary>
public enum CountDistance
{
    /// <summary><see cref="PopulationStabilityIndex"/>.</summary>
    PopulationStabilityIndex,

    /// <summary><see cref="JensenShannon"/>, the distance of base 2.</summary>
    JensenShannon,

    /// <summary><see cref="Hellinger"/>.</summary>
    Hellinger,

    /// <summary><see cref="TotalVariation"/>.</summary>
    TotalVariation,

    /// <summary><see cref="Wasserstein"/> over ordered bins one unit apart.</summary>
    Wasserstein,

    /// <summary>Pearson's statistic of homogeneity.</summary>
    ChiSquared,
}
