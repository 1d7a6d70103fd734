namespace MlOps.Statistics;

/// <summary>What an <see cref="IDomainClassifier"/> learned; immutable, safe to share between threads.</summary>
public interface IDomainModel
{
    /// <summary>How much each column counts in the model, at least 0; only comparable within one model.</summary>
    IReadOnlyList<double> ColumnImportance { get; }

    /// <summary>Writes a score for every row: the higher, the more likely of the current sample.</summary>
    void Score(SampleMatrix rows, Span<double> scores);
}
