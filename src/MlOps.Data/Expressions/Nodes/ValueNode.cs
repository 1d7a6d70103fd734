using MlOps.Data.Columns;

namespace MlOps.Data.Expressions;

/// <summary>Part of an expression, bound to columns: gives a value for each row of a batch. Holds the memory it works with: one reader at a time.</summary>
internal abstract class ValueNode
{
    /// <summary>Marks the rows that have a value.</summary>
    public abstract void MarkPresent(RowBatch batch, RowBits present);
}
