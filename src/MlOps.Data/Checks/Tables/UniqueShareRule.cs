using System.Globalization;
using System.Runtime.InteropServices;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Tables;

/// <summary>The share of rows whose combination of values no other row has; rows where one is missing are passed over.</summary>
internal sealed record UniqueShareRule(IReadOnlyList<string> Of, Limits Limits) : TableRule
{
    public override string Name => $"unique share of ({string.Join(", ", Of)}) {Limits}";

    public override IReadOnlyList<string> Columns => Of;

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        foreach (var column in Of)
        {
            CheckColumn.Require(context.Schema, column);
        }

        return new(new Test(this));
    }

    public override CheckEntry ToEntry() => new() { Check = "unique_share", Columns = Of, Min = Limits.Min, Max = Limits.Max };

    private sealed class Test(UniqueShareRule rule) : TableTest
    {
        private readonly RowKeys _keys = new(rule.Of);
        private readonly Dictionary<byte[], bool> _repeated = new(Utf8Comparer.Instance);
        private readonly RowBits _rows = new();
        private long _total;

        public override bool NeedsRowCount => false;

        public override void Look(RowBatch batch, RowBits rows)
        {
            _rows.CopyFrom(rows);
            _keys.Open(batch, _rows);
            _total += _rows.Count;
            var repeated = _repeated.GetAlternateLookup<ReadOnlySpan<byte>>();
            foreach (var row in _rows)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(repeated, _keys.Of(row), out var exists) = exists;
            }
        }

        public override ValueTask<TableOutcome> FinishAsync(long rows, CancellationToken cancellationToken)
        {
            var share = (double)_repeated.Values.Count(repeated => !repeated) / _total;
            return new(new TableOutcome(
                rule.Limits.Allow(share),
                _total == 0 ? "no unique share: no rows" : string.Create(CultureInfo.InvariantCulture, $"unique share {share:G6}"),
                _total == 0 ? null : share));
        }
    }
}
