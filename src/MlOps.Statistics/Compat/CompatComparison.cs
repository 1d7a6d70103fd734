namespace MlOps.Statistics;

/// <summary>The verdict of this library beside those that a team knows from other tools.</summary>
/// <param name="Drift">This library's verdict.</param>
/// <param name="Others">What the other tools' defaults say.</param>
public sealed record CompatComparison(ColumnDrift Drift, IReadOnlyList<CompatResult> Others)
{
    /// <summary>Compares numbers; NaN is missing.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="reference">The sample to compare with.</param>
    /// <param name="current">The sample to judge.</param>
    /// <param name="options">This library's rule; null takes the defaults.</param>
    public static CompatComparison Numeric(
        string column, ReadOnlySpan<double> reference, ReadOnlySpan<double> current, DriftOptions? options = null) => new(
        DriftTest.Numeric(column, reference, current, options),
        [EvidentlyDefaults.Numeric(reference, current), NannyMLDefaults.Numeric(reference, current)]);

    /// <summary>Compares categories; null is missing.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="reference">The sample to compare with.</param>
    /// <param name="current">The sample to judge.</param>
    /// <param name="options">This library's rule; null takes the defaults.</param>
    public static CompatComparison Categorical(
        string column, IEnumerable<string?> reference, IEnumerable<string?> current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        string?[] x = [.. reference], y = [.. current];
        return new CompatComparison(
            DriftTest.Categorical(column, x, y, options), [EvidentlyDefaults.Categorical(x, y), NannyMLDefaults.Categorical(x, y)]);
    }

    /// <summary>One line a tool, this library first.</summary>
    public override string ToString() =>
        string.Join('\n', [$"{(Drift.HasDrift ? "drift" : "no drift")}: {Drift.Reason}", .. Others.Select(other => other.ToString())]);
}
