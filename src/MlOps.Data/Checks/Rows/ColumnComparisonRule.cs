using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;
using MlOps.Data.Expressions;

namespace MlOps.Data.Checks.Rows;

/// <summary>A value compares in a stated way with another column's in the same row; rows where either is missing are passed over.</summary>
internal sealed record ColumnComparisonRule(string Of, Comparison Comparison, string Other) : RowRule
{
    public override string Name => $"{Sign(Comparison)} {Other}";

    public override string Column => Of;

    public override IReadOnlyList<string> Columns => [Of, Other];

    public static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Less => "<",
        Comparison.AtMost => "≤",
        Comparison.Equal => "=",
        Comparison.NotEqual => "≠",
        Comparison.AtLeast => "≥",
        _ => ">",
    };

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var kind = ColumnReader.KindOf(CheckColumn.Require(context.Schema, Of, ColumnKind.Number, ColumnKind.Boolean, ColumnKind.Time, ColumnKind.Text).DataType);
        CheckColumn.Require(context.Schema, Other, kind is ColumnKind.Number or ColumnKind.Boolean ? [ColumnKind.Number, ColumnKind.Boolean] : [kind]);
        return new(new Test(this, kind));
    }

    public override CheckEntry ToEntry() => new()
    {
        Check = Comparison switch
        {
            Comparison.Less => "less_than_column",
            Comparison.AtMost => "at_most_column",
            Comparison.Equal => "equal_to_column",
            Comparison.NotEqual => "not_equal_to_column",
            Comparison.AtLeast => "at_least_column",
            _ => "greater_than_column",
        },
        Column = Of,
        Other = Other,
    };

    private sealed class Test(ColumnComparisonRule rule, ColumnKind kind) : RowTest
    {
        private readonly RowBits _present = new();

        public override void Look(RowBatch batch, RowBits judged, RowBits wrong)
        {
            var (left, right) = (batch.Ordinal(rule.Of), batch.Ordinal(rule.Other));
            batch.MarkPresent(left, _present);
            judged.And(_present);
            batch.MarkPresent(right, _present);
            judged.And(_present);
            switch (kind)
            {
                case ColumnKind.Time:
                    Mark<long>(batch.Ticks(left), batch.Ticks(right), wrong);
                    break;
                case ColumnKind.Text:
                    MarkTexts(batch, left, right, judged, wrong);
                    break;
                default:
                    switch (batch.Batch.Column(left), batch.Batch.Column(right))
                    {
                        case (Int64Array first, Int64Array second): Mark(first.Values, second.Values, wrong); break;
                        case (UInt64Array first, UInt64Array second): Mark(first.Values, second.Values, wrong); break;
                        default: Mark<double>(batch.Numbers(left), batch.Numbers(right), wrong); break;
                    }

                    break;
            }
        }

        private void Mark<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, RowBits wrong)
            where T : unmanaged, System.Numerics.INumber<T>
        {
            Comparisons.Mark(left, rule.Comparison, right, wrong);
            wrong.Invert();
        }

        // By code units, never by culture.
        private void MarkTexts(RowBatch batch, int left, int right, RowBits judged, RowBits wrong)
        {
            var (first, second) = (batch.Texts(left), batch.Texts(right));
            foreach (var row in judged)
            {
                if (!Comparisons.Holds(string.CompareOrdinal(first[row], second[row]), rule.Comparison))
                {
                    wrong.Set(row);
                }
            }
        }
    }
}
