using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A value, as text, is one of a set, or must not be.</summary>
internal sealed record MembershipRule(string Of, IReadOnlyList<string> Values, bool Negated = false) : RowRule
{
    public override string Name => $"{(Negated ? "not in" : "in")} {SetWords.Of(Values)}";

    public override string DiscreetName => $"{(Negated ? "not in" : "in")} {SetWords.Discreet(Values)}";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of);
        return new(new Test(this));
    }

    public override CheckEntry ToEntry() => new() { Check = Negated ? "not_in" : "in", Column = Of, Values = EntryValues.Of(Values) };

    private sealed class Test(MembershipRule rule) : ColumnTest(rule.Of)
    {
        private readonly Utf8Set _encoded = new(rule.Values);
        private readonly HashSet<string> _texts = new(rule.Values, StringComparer.Ordinal);

        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong)
        {
            if (array is StringArray encoded)
            {
                _encoded.MarkAbsent(encoded, judged, wrong);
            }
            else
            {
                var texts = batch.Texts(ordinal);
                foreach (var row in judged)
                {
                    if (!_texts.Contains(texts[row]!))
                    {
                        wrong.Set(row);
                    }
                }
            }

            if (rule.Negated)
            {
                wrong.Invert();
            }
        }
    }
}
