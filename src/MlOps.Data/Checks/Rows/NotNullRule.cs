using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A value is there, and is not NaN; or, negated, it is not.</summary>
internal sealed record NotNullRule(string Of, bool Negated = false) : RowRule
{
    public override string Name => Negated ? "null" : "not null";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of);
        return new(new Test(this));
    }

    public override CheckEntry ToEntry() => new() { Check = Negated ? "all_null" : "not_null", Column = Of };

    private sealed class Test(NotNullRule rule) : RowTest
    {
        public override void Look(RowBatch batch, RowBits judged, RowBits wrong)
        {
            batch.MarkPresent(batch.Ordinal(rule.Of), wrong);
            if (!rule.Negated)
            {
                wrong.Invert();
            }
        }
    }
}
