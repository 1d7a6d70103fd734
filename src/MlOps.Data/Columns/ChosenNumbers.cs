namespace MlOps.Data.Columns;

/// <summary>The numbers of some rows, side by side; one that is used again needs no new memory.</summary>
internal sealed class ChosenNumbers
{
    private double[] _chosen = [];

    /// <summary>The numbers of the rows; valid until the next call.</summary>
    public ReadOnlySpan<double> Of(ReadOnlySpan<double> numbers, RowBits rows)
    {
        var count = rows.Count;
        if (count == numbers.Length)
        {
            return numbers;
        }

        if (_chosen.Length < count)
        {
            _chosen = new double[numbers.Length];
        }

        var at = 0;
        foreach (var row in rows)
        {
            _chosen[at++] = numbers[row];
        }

        return _chosen.AsSpan(0, count);
    }
}
