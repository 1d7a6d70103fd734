using MlOps.Data.Columns;
using MlOps.Data.Expressions;

namespace MlOps.Data.Checks.Running;

/// <summary>The rows for which a condition is true, found once a batch.</summary>
internal sealed class ConditionRows(TruthNode condition)
{
    private readonly RowBits _true = new();
    private readonly RowBits _known = new();
    private RowBatch? _batch;

    public RowBits Of(RowBatch batch)
    {
        if (!ReferenceEquals(batch, _batch))
        {
            condition.Look(batch, _true, _known);
            _batch = batch;
        }

        return _true;
    }
}
