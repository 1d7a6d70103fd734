using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Statistics;

namespace MlOps.Data.Checks.Measures;

/// <summary>How many different values there are, within 0.8 % (one standard error), in 16 kilobytes.</summary>
internal sealed class DistinctEstimate(string column) : Measure
{
    private const int Precision = 14;
    private readonly HyperLogLog _sketch = new(Precision);
    private readonly RowBits _present = new();

    public double Estimate => Math.Round(_sketch.Estimate());

    protected override void Add(RowBatch batch, RowBits rows)
    {
        var ordinal = batch.Ordinal(column);
        batch.MarkPresent(ordinal, _present);
        _present.And(rows);
        var array = batch.Batch.Column(ordinal);
        switch (ColumnReader.KindOf(array.Data.DataType))
        {
            case ColumnKind.Text when array is StringArray texts:
                var cells = new Utf8Column(texts);
                foreach (var row in _present)
                {
                    _sketch.AddBytes(cells[row]);
                }

                break;
            case ColumnKind.Number or ColumnKind.Boolean:
                var numbers = batch.Numbers(ordinal);
                foreach (var row in _present)
                {
                    _sketch.Add(numbers[row]);
                }

                break;
            case ColumnKind.Time:
                var ticks = batch.Ticks(ordinal);
                foreach (var row in _present)
                {
                    _sketch.Add(ticks[row]);
                }

                break;
            default:
                var others = batch.Texts(ordinal);
                foreach (var row in _present)
                {
                    _sketch.Add(others[row].AsSpan());
                }

                break;
        }
    }
}
