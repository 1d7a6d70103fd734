using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Measures;

/// <summary>How many rows there are, and how many of them have a value.</summary>
internal sealed class PresentCount(string column) : Measure
{
    private readonly RowBits _present = new();

    public long Rows { get; private set; }

    public long Present { get; private set; }

    protected override void Add(RowBatch batch, RowBits rows)
    {
        batch.MarkPresent(batch.Ordinal(column), _present);
        _present.And(rows);
        Rows += rows.Count;
        Present += _present.Count;
    }
}
