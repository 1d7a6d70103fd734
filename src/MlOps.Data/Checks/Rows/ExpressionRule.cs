using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;
using MlOps.Data.Expressions;

namespace MlOps.Data.Checks.Rows;

/// <summary>An expression is true; rows for which it is missing are passed over.</summary>
internal sealed record ExpressionRule(RowExpression Expression) : RowRule
{
    public override string Name => Expression.Text;

    public override IReadOnlyList<string> Columns => Expression.Columns;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken) =>
        new(new Test(Expression.Bind(context.Schema)));

    public override CheckEntry ToEntry() => new() { Check = "expression", Text = Expression.Text };

    private sealed class Test(TruthNode condition) : RowTest
    {
        private readonly RowBits _known = new();

        public override void Look(RowBatch batch, RowBits judged, RowBits wrong)
        {
            condition.Look(batch, wrong, _known);
            wrong.Invert();
            judged.And(_known);
        }
    }
}
