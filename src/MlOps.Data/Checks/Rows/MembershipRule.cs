using System.Text;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A value, as text, is one of a set.</summary>
internal sealed record MembershipRule(string Of, IReadOnlyList<string> Values) : RowRule
{
    private const int ShownValues = 6;

    public override string Name => $"in {{{string.Join(", ", Values.Take(ShownValues))}{(Values.Count > ShownValues ? $", … ({Values.Count})" : "")}}}";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(Schema schema, CancellationToken cancellationToken)
    {
        CheckColumn.Require(schema, Of);
        return new(new Test(this));
    }

    private sealed class Test : ColumnTest
    {
        private readonly HashSet<byte[]> _known;
        private readonly HashSet<string> _texts;

        public Test(MembershipRule rule)
            : base(rule.Of)
        {
            _known = new(rule.Values.Select(Encoding.UTF8.GetBytes), Utf8Comparer.Instance);
            _texts = new(rule.Values, StringComparer.Ordinal);
        }

        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits present, RowBits wrong)
        {
            if (array is StringArray encoded)
            {
                var known = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
                var cells = new Utf8Column(encoded);
                foreach (var row in present)
                {
                    if (!known.Contains(cells[row]))
                    {
                        wrong.Set(row);
                    }
                }

                return;
            }

            var texts = batch.Texts(ordinal);
            foreach (var row in present)
            {
                if (!_texts.Contains(texts[row]!))
                {
                    wrong.Set(row);
                }
            }
        }
    }
}
