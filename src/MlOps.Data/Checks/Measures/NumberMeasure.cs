using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Measures;

/// <summary>A measure of the numbers of a column; NaN is missing.</summary>
internal abstract class NumberMeasure(string column) : Measure
{
    private readonly ChosenNumbers _chosen = new();

    protected sealed override void Add(RowBatch batch, RowBits rows)
    {
        var ordinal = batch.Ordinal(column);

        // Doubles without nulls are read where they lie.
        var numbers = batch.Batch.Column(ordinal) is DoubleArray { NullCount: 0 } doubles ? doubles.Values : batch.Numbers(ordinal);
        Add(_chosen.Of(numbers, rows));
    }

    protected abstract void Add(ReadOnlySpan<double> numbers);
}
