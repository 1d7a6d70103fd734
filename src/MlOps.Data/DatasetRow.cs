using MlOps.Data.Columns;

namespace MlOps.Data;

/// <summary>One row while its data set is being read: look at it, take what is needed, and do not keep it.</summary>
public readonly struct DatasetRow
{
    private readonly RowBatch _batch;
    private readonly int _index;

    internal DatasetRow(RowBatch batch, int index)
    {
        _batch = batch;
        _index = index;
    }

    /// <summary>The row's position among the rows read, from 0.</summary>
    public long Position => _batch.Position + _index;

    /// <summary>Any numeric type as a double; NaN where missing. Booleans are 0 and 1, times are seconds since 1970 (UTC).</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/> or <see cref="ErrorCodes.ColumnType"/>.</exception>
    public double Number(string column) => _batch.Numbers(_batch.Ordinal(column))[_index];

    /// <summary>Text as it is, other types in their invariant form; null where missing.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>.</exception>
    public string? Text(string column) => _batch.Texts(_batch.Ordinal(column))[_index];

    /// <summary>A timestamp of any unit or a date, in UTC; <see cref="DateTimeOffset.MinValue"/> where missing.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/> or <see cref="ErrorCodes.ColumnType"/>.</exception>
    public DateTimeOffset Time(string column)
    {
        var ticks = _batch.Ticks(_batch.Ordinal(column))[_index];
        return ticks == ColumnReader.MissingTicks ? DateTimeOffset.MinValue : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>A boolean, or whether a number is other than 0; false where missing.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/> or <see cref="ErrorCodes.ColumnType"/>.</exception>
    public bool Boolean(string column)
    {
        var number = Number(column);
        return number != 0 && !double.IsNaN(number);
    }

    /// <summary>Whether the cell is null, or NaN.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>.</exception>
    public bool IsMissing(string column) => _batch.IsMissing(_batch.Ordinal(column), _index);
}
