namespace MlOps.Statistics;

/// <summary>Counts of a current table against a baseline, a <see cref="CurrentSample"/> per column.</summary>
/// <remarks>Not safe for concurrent use, but different columns may be filled by different threads.</remarks>
public sealed class BaselineSample
{
    private readonly FittedBaseline _baseline;
    private readonly Dictionary<string, CurrentSample> _samples = new(StringComparer.Ordinal);

    internal BaselineSample(FittedBaseline baseline)
    {
        _baseline = baseline;
        foreach (var column in baseline.Columns)
        {
            _samples.Add(column, new CurrentSample(baseline[column], column));
        }
    }

    /// <summary>The sample of a column.</summary>
    /// <exception cref="KeyNotFoundException">The baseline has no such column.</exception>
    public CurrentSample this[string column] => _samples.TryGetValue(column, out var sample)
        ? sample
        : throw new KeyNotFoundException($"The baseline has no column '{column}'; it has {string.Join(", ", _baseline.Columns)}.");

    /// <summary>Adds the counts of another sample of the same baseline.</summary>
    /// <exception cref="ArgumentException">A column of the other sample is missing or has another reference.</exception>
    public void Merge(BaselineSample other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (column, sample) in _samples)
        {
            sample.Merge(other._samples.TryGetValue(column, out var part)
                ? part
                : throw new ArgumentException($"The other sample has no column '{column}'.", nameof(other)));
        }
    }

    /// <summary>Compares every column with its reference, corrected for their number.</summary>
    public DriftReport Compare(DriftOptions? options = null) =>
        DriftReport.Of(_baseline.Columns.Select(column => _samples[column].Compare(options)), options);
}
