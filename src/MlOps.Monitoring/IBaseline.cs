namespace MlOps.Monitoring;

/// <summary>What a version's inputs and scores looked like when it was trained.</summary>
internal interface IBaseline
{
    /// <summary>Compares the columns that the baseline holds too; others are passed over.</summary>
    IReadOnlyList<ColumnComparison> Compare(IReadOnlyList<InputColumn> columns);
}
