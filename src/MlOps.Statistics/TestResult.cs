namespace MlOps.Statistics;

/// <summary>What a hypothesis test found.</summary>
/// <remarks>
/// One rule holds in the whole package: NaN is a missing value and is left out; positive and negative infinity are ordinary extreme
/// values; a sample that is empty once missing values are left out gives a statistic of NaN and a p-value of 1, since no data is no
/// evidence.
/// </remarks>
/// <param name="Statistic">The value of the test's statistic; NaN where it is undefined.</param>
/// <param name="PValue">The two-sided probability, from 0 to 1, of a statistic at least this extreme if nothing differs.</param>
public readonly record struct TestResult(double Statistic, double PValue)
{
    // Below this a double loses digits of p and then p itself, so only there the logarithm is kept beside it.
    private const double Smallest = 1e-290;
    private readonly double _logPValue;

    /// <summary>
    /// The natural logarithm of <see cref="PValue"/>, which stays finite where the p-value itself underflows to 0 (below about 1e-308).
    /// </summary>
    /// <remarks>
    /// Negative infinity means that the statistic cannot occur if nothing differs, or that the test gives no more than the p-value.
    /// To order or to combine extreme results, compare these.
    /// </remarks>
    public double LogPValue
    {
        get => PValue < Smallest && _logPValue < 0 ? _logPValue : Math.Log(PValue);
        init => _logPValue = PValue < Smallest ? value : 0;
    }

    internal static TestResult Undefined => new(double.NaN, 1);

    /// <summary>A result from the logarithm of its p-value, which loses fewer than three digits of p down to 1e-300.</summary>
    internal static TestResult FromLog(double statistic, double logPValue) =>
        new(statistic, Math.Exp(Math.Min(0, logPValue))) { LogPValue = logPValue };
}
