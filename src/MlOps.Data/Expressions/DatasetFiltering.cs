using MlOps.Data.Columns;
using MlOps.Data.Expressions;
using MlOps.Data.Operations;

namespace MlOps.Data;

/// <summary>Picks rows by written conditions.</summary>
public static class DatasetFiltering
{
    /// <summary>Keeps the rows for which an expression is true; those for which it is false or missing are left out. Lazy and streaming.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="expression">Such as <c>distance &gt; 1000 and carrier = 'AA'</c>; see <see cref="RowExpression"/>.</param>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.InvalidConfiguration"/>: it is no expression. At each read, <see cref="ErrorCodes.ColumnNotFound"/> or
    /// <see cref="ErrorCodes.ColumnType"/>: it cannot be asked of the data.
    /// </exception>
    public static Dataset Where(this Dataset dataset, string expression) => dataset.Where(RowExpression.Parse(expression));

    /// <summary>Keeps the rows for which an expression is true; those for which it is false or missing are left out. Lazy and streaming.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="expression">The condition.</param>
    public static Dataset Where(this Dataset dataset, RowExpression expression)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(expression);
        return new Dataset(dataset.Name, new RowFilter(dataset, expression.Columns, () => new Picker(expression).Pick));
    }

    /// <summary>One read's state.</summary>
    private sealed class Picker(RowExpression expression)
    {
        private readonly RowBits _true = new();
        private readonly RowBits _known = new();
        private TruthNode? _condition;

        public void Pick(RowBatch batch, List<int> rows)
        {
            _condition ??= expression.Bind(batch.Batch.Schema);
            _condition.Look(batch, _true, _known);
            foreach (var row in _true)
            {
                rows.Add(row);
            }
        }
    }
}
