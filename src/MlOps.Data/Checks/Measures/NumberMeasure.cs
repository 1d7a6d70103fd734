using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Measures;

/// <summary>A measure of the numbers of a column; NaN is missing.</summary>
internal abstract class NumberMeasure(string column) : Measure
{
    private double[] _chosen = [];

    protected sealed override void Add(RowBatch batch, RowBits rows)
    {
        var ordinal = batch.Ordinal(column);

        // Doubles without nulls are read where they lie.
        var numbers = batch.Batch.Column(ordinal) is DoubleArray { NullCount: 0 } doubles ? doubles.Values : batch.Numbers(ordinal);
        var count = rows.Count;
        if (count == batch.Length)
        {
            Add(numbers);
            return;
        }

        if (_chosen.Length < count)
        {
            _chosen = new double[batch.Length];
        }

        var at = 0;
        foreach (var row in rows)
        {
            _chosen[at++] = numbers[row];
        }

        Add(_chosen.AsSpan(0, count));
    }

    protected abstract void Add(ReadOnlySpan<double> numbers);
}
