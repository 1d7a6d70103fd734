namespace MlOps.Statistics;

/// <summary>When a difference counts as drift: it must be both evident and large enough to matter.</summary>
public sealed record DriftOptions
{
    /// <summary>The false-alarm rate of the whole family of tests, 0.05 by default.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The smallest effect on values that matters, from 0 to 1 and 0.1 by default: KS distance or total variation.</summary>
    public double MinimumEffect { get; init; } = 0.1;

    /// <summary>The smallest change of the share of missing values that matters, 0.01 by default.</summary>
    public double MinimumMissingRateChange { get; init; } = 0.01;

    /// <summary>How p-values are adjusted over the family, Benjamini–Hochberg by default.</summary>
    public MultipleTestingCorrection Correction { get; init; } = MultipleTestingCorrection.BenjaminiHochberg;

    internal void Check()
    {
        if (!(Alpha > 0 && Alpha < 1 && MinimumEffect >= 0 && MinimumEffect <= 1 && MinimumMissingRateChange >= 0 && MinimumMissingRateChange <= 1))
        {
            throw new ArgumentException(
                $"{this} is no rule: alpha must lie between 0 and 1, both excluded, and the minimum effects between 0 and 1.");
        }
    }
}
