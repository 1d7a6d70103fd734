namespace MlOps.Statistics;

/// <summary>What a hypothesis test found.</summary>
/// <remarks>
/// One rule holds in the whole package: NaN is a missing value and is left out; positive and negative infinity are ordinary extreme
/// values; a sample that is empty once missing values are left out gives a statistic of NaN and a p-value of 1, since no data is no evidence.
/// </remarks>
/// <param name="Statistic">The value of the test's statistic; NaN where it is undefined.</param>
/// <param name="PValue">The two-sided probability, from 0 to 1, of a statistic at least this extreme if nothing differs.</param>
public readonly record struct TestResult(double Statistic, double PValue)
{
    internal static TestResult Undefined => new(double.NaN, 1);
}
