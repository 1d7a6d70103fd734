namespace MlOps.Statistics;

/// <summary>A fitted <see cref="GradientBoostedTrees"/>.</summary>
public sealed class GradientBoostedTreesModel : IDomainModel
{
    private readonly BoostedTrees _trees;
    private readonly int _columns;

    internal GradientBoostedTreesModel(BoostedTrees trees, int columns)
    {
        _trees = trees;
        _columns = columns;
        var total = trees.Gain.Sum();
        ColumnImportance = Array.ConvertAll(trees.Gain, gain => total > 0 ? gain / total : 0);
    }

    /// <summary>Each column's share of the gain of all splits; the shares add up to 1, or to 0 where no tree splits.</summary>
    public IReadOnlyList<double> ColumnImportance { get; }

    /// <summary>Writes every row's log-odds of being of the current sample.</summary>
    /// <exception cref="ArgumentException">The columns differ from the fitted ones, or the destination is too short.</exception>
    public void Score(SampleMatrix rows, Span<double> scores)
    {
        ModelInput.Check(rows, _columns, scores);
        for (var i = 0; i < rows.Rows; i++)
        {
            scores[i] = _trees.Of(rows[i]);
        }
    }
}
