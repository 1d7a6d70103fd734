namespace MlOps.Statistics;

/// <summary>How a sample of numbers differs from a <see cref="FittedReference"/>, by several measures.</summary>
/// <remarks>
/// The four distances over bins use ten bins of equal reference mass with open ends, fewer where deciles tie; they describe and are no
/// test.
/// </remarks>
public sealed record ReferenceComparison
{
    /// <summary>The values compared that are not missing.</summary>
    public required long Count { get; init; }

    /// <summary>The values that are missing.</summary>
    public required long MissingCount { get; init; }

    /// <summary>The two-sample Kolmogorov–Smirnov test.</summary>
    public required IntervalTestResult KolmogorovSmirnov { get; init; }

    /// <summary>The first Wasserstein distance, in the unit of the data.</summary>
    public required StatisticInterval Wasserstein { get; init; }

    /// <summary>The population stability index; NaN where a sample is empty.</summary>
    public required double PopulationStabilityIndex { get; init; }

    /// <summary>The Jensen–Shannon distance, base 2; NaN where a sample is empty.</summary>
    public required double JensenShannonDistance { get; init; }

    /// <summary>The Hellinger distance; NaN where a sample is empty.</summary>
    public required double HellingerDistance { get; init; }

    /// <summary>The total variation; NaN where a sample is empty.</summary>
    public required double TotalVariation { get; init; }

    internal static ReferenceComparison Of(
        long count, long missing, IntervalTestResult test, StatisticInterval distance,
        ReadOnlySpan<long> reference, ReadOnlySpan<long> current) => new()
        {
            Count = count,
            MissingCount = missing,
            KolmogorovSmirnov = test,
            Wasserstein = distance,
            PopulationStabilityIndex = MlOps.Statistics.PopulationStabilityIndex.Between(reference, current),
            JensenShannonDistance = JensenShannon.Between(reference, current),
            HellingerDistance = Hellinger.Between(reference, current),
            TotalVariation = MlOps.Statistics.TotalVariation.Between(reference, current),
        };
}
