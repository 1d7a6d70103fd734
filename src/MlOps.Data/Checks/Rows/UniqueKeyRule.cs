using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>No combination of values occurs twice: the second occurrence and the later ones are wrong; rows where one is missing are passed over.</summary>
internal sealed record UniqueKeyRule(IReadOnlyList<string> Of) : RowRule
{
    public override string Name => $"unique ({string.Join(", ", Of)})";

    public override IReadOnlyList<string> Columns => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        foreach (var column in Of)
        {
            CheckColumn.Require(context.Schema, column);
        }

        return new(new Test(Of));
    }

    public override CheckEntry ToEntry() => new() { Check = "unique_key", Columns = Of };

    private sealed class Test(IReadOnlyList<string> columns) : RowTest
    {
        private readonly RowKeys _keys = new(columns);
        private readonly HashSet<byte[]> _seen = new(Utf8Comparer.Instance);

        public override void Look(RowBatch batch, RowBits judged, RowBits wrong)
        {
            _keys.Open(batch, judged);
            var seen = _seen.GetAlternateLookup<ReadOnlySpan<byte>>();
            foreach (var row in judged)
            {
                if (!seen.Add(_keys.Of(row)))
                {
                    wrong.Set(row);
                }
            }
        }
    }
}
