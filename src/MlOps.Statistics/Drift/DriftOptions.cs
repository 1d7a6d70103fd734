namespace MlOps.Statistics;

/// <summary>When a difference counts as drift: it must be both evident and large enough to matter.</summary>
public sealed record DriftOptions
{
    /// <summary>The false-alarm rate of the whole family of tests, 0.05 by default.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>
    /// The smallest effect on values that matters, from 0 to 1 and 0.05 by default: KS distance (0.05 is a normal column moved by an eighth
    /// of its
    /// standard deviation) or total variation beyond chance.
    /// </summary>
    public double MinimumEffect { get; init; } = 0.05;

    /// <summary>The smallest relative change of the spread of numbers that matters, 0.05 by default.</summary>
    /// <remarks>
    /// It is measured by the shares of rows outside the middle 80 % of both samples, in the unit of a normal column's deviation.
    /// </remarks>
    public double MinimumSpreadChange { get; init; } = 0.05;

    /// <summary>
    /// The smallest change of the share of rows that hold one value of a column of numbers that matters: Cohen's h, 0.2 by default.
    /// </summary>
    /// <remarks>
    /// h is twice the difference of the arcsines of the shares' roots, and 0.2 a small effect (Cohen 1988): from 0 % to 1 %, from 5 % to
    /// 10.3 %, from
    /// 50 % to 60 %. A value that never was is a fault at 1 %, while the share of Mondays may go from 16 % to 14 %.
    /// </remarks>
    public double MinimumRepeatedValueChange { get; init; } = 0.2;

    /// <summary>
    /// The smallest share of rows that matters in new or vanished categories, outside the reference's range, or of another type; 0.005 by
    /// default.
    /// </summary>
    public double MinimumShare { get; init; } = 0.005;

    /// <summary>The smallest absolute change of the share of missing values that matters, 0.02 by default: two rows in a hundred.</summary>
    public double MinimumMissingRateChange { get; init; } = 0.02;

    /// <summary>
    /// The factor between two shares of missing values from which on a change matters though it is below <see
    /// cref="MinimumMissingRateChange"/>;
    /// infinity, which is never, by default. With 4, a rise from 0 % to 0.5 % is found where it is evident, and one from 31 % to 32 % is
    /// not.
    /// </summary>
    public double MinimumMissingRateFactor { get; init; } = double.PositiveInfinity;

    /// <summary>How p-values are adjusted over the family, Benjamini–Hochberg by default.</summary>
    public MultipleTestingCorrection Correction { get; init; } = MultipleTestingCorrection.BenjaminiHochberg;

    internal void Check()
    {
        if (!(Alpha > 0 && Alpha < 1 && IsShare(MinimumEffect) && MinimumSpreadChange >= 0 && MinimumRepeatedValueChange >= 0
            && IsShare(MinimumShare) && IsShare(MinimumMissingRateChange) && MinimumMissingRateFactor >= 1))
        {
            throw new ArgumentException(
                $"{this} is no rule: alpha must lie between 0 and 1, both excluded, the minimum effects between 0 and 1, "
                + "the minimum changes of spread and of a repeated value at 0 or above and the factor at 1 or above.");
        }

        static bool IsShare(double value) => value is >= 0 and <= 1;
    }
}
