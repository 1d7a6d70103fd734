using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;
using MlOps.Data.Operations.Keys;

namespace MlOps.Data.Checks.Tables;

/// <summary>The share of rows whose combination of values no other row has; rows where one is missing are passed over.</summary>
internal sealed record UniqueShareRule(IReadOnlyList<string> Of, Limits Limits) : TableRule
{
    public override string Name => $"{Metric} {Limits}".TrimEnd();

    public override string Metric => $"unique share of ({string.Join(", ", Of)})";

    public override bool HasLimits => Limits.Any;

    public override IReadOnlyList<string> Columns => Of;

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var columns = Of.Select(column => KeyColumn.For(CheckColumn.Require(context.Schema, column), context.Dataset.Name));
        return new(new Test(this, new KeyBytes(Of, [.. columns])));
    }

    public override CheckEntry ToEntry() => new() { Check = "unique_share", Columns = Of, Min = Limits.Min, Max = Limits.Max };

    private sealed class Test(UniqueShareRule rule, KeyBytes bytes) : TableTest
    {
        private readonly KeyTable _keys = new();
        private readonly List<bool> _repeated = [];
        private long _total;

        public override bool NeedsRowCount => false;

        public override void Look(RowBatch batch, RowBits rows)
        {
            bytes.Start(batch.Batch);
            foreach (var row in rows)
            {
                if (bytes.IsMissing(row))
                {
                    continue;
                }

                _total++;
                var key = _keys.Add(bytes[row], out var isNew);
                if (isNew)
                {
                    _repeated.Add(false);
                }
                else
                {
                    _repeated[key] = true;
                }
            }
        }

        public override ValueTask<TableOutcome> FinishAsync(long rows, CancellationToken cancellationToken)
        {
            var share = (double)_repeated.Count(repeated => !repeated) / _total;
            return new(new TableOutcome(
                rule.Limits.Allow(share),
                _total == 0 ? "no unique share: no rows" : $"unique share {rule.Limits.Words(share)}",
                _total == 0 ? null : share));
        }
    }
}
