namespace MlOps.Statistics;

/// <summary>The rows of both samples in folds, from any of which a classifier learns.</summary>
internal interface IFoldedRows
{
    /// <summary>Deals the rows to folds, with new labels.</summary>
    void Arrange(int[][] members, ReadOnlySpan<bool> labels);

    /// <summary>Learns from some folds and scores the rows of another one, in its order.</summary>
    void Score(int held, ReadOnlySpan<bool> learned, Span<double> scores);

    /// <summary>Learns from all folds.</summary>
    IDomainModel FitAll(int folds);
}
