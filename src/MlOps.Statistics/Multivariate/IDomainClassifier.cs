namespace MlOps.Statistics;

/// <summary>A way to learn which of two samples a row came from.</summary>
/// <remarks>Fitting may be called from several threads at once, and equal arguments give equal models.</remarks>
public interface IDomainClassifier
{
    /// <summary>Learns from labelled rows.</summary>
    /// <param name="rows">Rows of both samples; NaN is a missing value, infinities are ordinary extremes.</param>
    /// <param name="isCurrent">For each row, whether it is of the current sample; both occur.</param>
    IDomainModel Fit(SampleMatrix rows, ReadOnlySpan<bool> isCurrent);
}
