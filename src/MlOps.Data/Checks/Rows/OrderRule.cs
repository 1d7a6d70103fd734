using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>Each value stands in a stated way to the one before it; missing ones are passed over.</summary>
internal sealed record OrderRule(string Of, bool Rising, bool Strictly) : RowRule
{
    public override string Name => $"{(Strictly ? "strictly " : "")}{(Rising ? "increasing" : "decreasing")}";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var field = CheckColumn.Require(context.Schema, Of, ColumnKind.Number, ColumnKind.Time, ColumnKind.Text, ColumnKind.Boolean);
        return new(new Test(this, ColumnReader.KindOf(field.DataType)));
    }

    public override CheckEntry ToEntry() => new() { Check = Rising ? "increasing" : "decreasing", Column = Of, Strictly = Strictly ? true : null };

    private sealed class Test(OrderRule rule, ColumnKind kind) : ColumnTest(rule.Of)
    {
        private bool _hasLast;
        private double _number;
        private long _whole;
        private ulong _unsigned;
        private string _text = "";

        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong)
        {
            if (kind == ColumnKind.Text)
            {
                MarkTexts(batch.Texts(ordinal), judged, wrong);
            }
            else if (kind == ColumnKind.Time)
            {
                Mark<long>(batch.Ticks(ordinal), ref _whole, judged, wrong);
            }
            else if (array is Int64Array whole)
            {
                Mark(whole.Values, ref _whole, judged, wrong);
            }
            else if (array is UInt64Array unsigned)
            {
                Mark(unsigned.Values, ref _unsigned, judged, wrong);
            }
            else
            {
                Mark<double>(batch.Numbers(ordinal), ref _number, judged, wrong);
            }
        }

        private void Mark<T>(ReadOnlySpan<T> values, ref T last, RowBits judged, RowBits wrong)
            where T : IComparable<T>
        {
            foreach (var row in judged)
            {
                if (_hasLast && IsWrong(values[row].CompareTo(last)))
                {
                    wrong.Set(row);
                }

                (last, _hasLast) = (values[row], true);
            }
        }

        private void MarkTexts(string?[] texts, RowBits judged, RowBits wrong)
        {
            foreach (var row in judged)
            {
                if (_hasLast && IsWrong(string.CompareOrdinal(texts[row], _text)))
                {
                    wrong.Set(row);
                }

                (_text, _hasLast) = (texts[row]!, true);
            }
        }

        private bool IsWrong(int order) => rule.Rising ? (rule.Strictly ? order <= 0 : order < 0) : (rule.Strictly ? order >= 0 : order > 0);
    }
}
