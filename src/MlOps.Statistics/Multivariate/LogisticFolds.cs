namespace MlOps.Statistics;

/// <summary>Logistic regressions of many choices among the same rows, which are standardised and laid out once.</summary>
internal sealed class LogisticFolds : IFoldedRows
{
    private readonly double[] _byColumn;
    private readonly int _columns;
    private readonly double _penalty;
    private readonly ColumnScaling _scaling;
    private LogisticNewton? _newton;

    /// <param name="byColumn">All rows, column by column; taken over.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="penalty">The weight of the penalty; positive.</param>
    public LogisticFolds(double[] byColumn, int columns, double penalty)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);
        (_byColumn, _columns, _penalty) = (byColumn, columns, penalty);
        _scaling = new ColumnScaling(byColumn, columns);
        _scaling.Apply(byColumn);
    }

    public void Arrange(int[][] members, ReadOnlySpan<bool> labels) =>
        _newton = new LogisticNewton(new RowBlocks(_byColumn, _columns, members, labels), _columns, _penalty);

    public LogisticRegressionModel Fit(ReadOnlySpan<bool> learned) => new(_scaling, Newton.Fit(learned));

    public void Score(int held, ReadOnlySpan<bool> learned, Span<double> scores) => Newton.Score(held, Newton.Fit(learned), scores);

    public IDomainModel FitAll(int folds) => Fit([.. Enumerable.Repeat(true, folds)]);

    private LogisticNewton Newton => _newton ?? throw new InvalidOperationException("Rows are arranged before they are fitted.");
}
