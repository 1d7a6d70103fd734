namespace MlOps.Statistics;

/// <summary>What a chi-squared test or a likelihood-ratio test on counts found.</summary>
/// <param name="Statistic">Pearson's X², or G; NaN where a sample is empty.</param>
/// <param name="PValue">The probability of a statistic at least this large if nothing differs; 1 where a sample is empty.</param>
/// <param name="DegreesOfFreedom">The number of non-empty columns less one, times the number of non-empty rows less one.</param>
public readonly record struct ChiSquaredResult(double Statistic, double PValue, int DegreesOfFreedom)
{
    private readonly TestResult _result = new(Statistic, PValue);

    /// <summary>The natural logarithm of <see cref="PValue"/>; see <see cref="TestResult.LogPValue"/>.</summary>
    public double LogPValue
    {
        get => (_result with { PValue = PValue }).LogPValue;
        init => _result = new TestResult(Statistic, PValue) { LogPValue = value };
    }
}
