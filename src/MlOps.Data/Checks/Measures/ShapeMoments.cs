using MlOps.Data.Profiles;

namespace MlOps.Data.Checks.Measures;

/// <summary>What skewness and excess kurtosis need.</summary>
/// <remarks>
/// The population values, as <c>scipy.stats.skew</c> and <c>scipy.stats.kurtosis</c> give them by default; a constant column has none
/// (NaN).
/// </remarks>
internal sealed class ShapeMoments(string column) : NumberMeasure(column)
{
    public CentralMoments Moments { get; private set; }

    protected override void Add(ReadOnlySpan<double> numbers) => Moments = Moments.Merge(CentralMoments.Of(numbers));
}
