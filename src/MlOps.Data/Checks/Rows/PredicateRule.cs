using MlOps.Data.Checks.Running;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A function finds a row right.</summary>
internal sealed record PredicateRule(string Words, Func<DatasetRow, bool> Predicate, IReadOnlyList<string> Reads) : RowRule
{
    public override string Name => Words;

    public override IReadOnlyList<string> Columns => Reads;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        foreach (var column in Reads)
        {
            CheckColumn.Require(context.Schema, column);
        }

        return new(new Test(Predicate));
    }

    private sealed class Test(Func<DatasetRow, bool> predicate) : RowTest
    {
        public override void Look(RowBatch batch, RowBits judged, RowBits wrong)
        {
            foreach (var row in judged)
            {
                if (!predicate(new DatasetRow(batch, row)))
                {
                    wrong.Set(row);
                }
            }
        }
    }
}
