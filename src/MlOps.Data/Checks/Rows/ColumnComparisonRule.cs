using Apache.Arrow;
using MlOps.Data.Columns;

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

    public override ValueTask<RowTest> StartAsync(Schema schema, CancellationToken cancellationToken)
    {
        var kind = ColumnReader.KindOf(CheckColumn.Require(schema, Of, ColumnKind.Number, ColumnKind.Boolean, ColumnKind.Time, ColumnKind.Text).DataType);
        CheckColumn.Require(schema, Other, kind is ColumnKind.Number or ColumnKind.Boolean ? [ColumnKind.Number, ColumnKind.Boolean] : [kind]);
        return new(new Test(this, kind));
    }

    private sealed class Test(ColumnComparisonRule rule, ColumnKind kind) : RowTest
    {
        private readonly RowBits _present = new();

        public override void Look(RowBatch batch, RowBits judged, RowBits wrong)
        {
            var (left, right) = (batch.Ordinal(rule.Of), batch.Ordinal(rule.Other));
            batch.MarkPresent(left, judged);
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
                    if (batch.Batch.Column(left) is Int64Array first && batch.Batch.Column(right) is Int64Array second)
                    {
                        Mark(first.Values, second.Values, wrong);
                    }
                    else
                    {
                        Mark<double>(batch.Numbers(left), batch.Numbers(right), wrong);
                    }

                    break;
            }
        }

        private void Mark<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, RowBits wrong)
            where T : unmanaged, System.Numerics.INumber<T>
        {
            switch (rule.Comparison)
            {
                case Comparison.Less or Comparison.AtLeast: VectorMarks.Less(left, right, wrong.Words); break;
                case Comparison.Greater or Comparison.AtMost: VectorMarks.Less(right, left, wrong.Words); break;
                default: VectorMarks.Equal(left, right, wrong.Words); break;
            }

            // What was marked is right: for the other three it is what is wrong.
            if (rule.Comparison is Comparison.Less or Comparison.Greater or Comparison.Equal)
            {
                wrong.Invert();
            }
        }

        // By code units, never by culture.
        private void MarkTexts(RowBatch batch, int left, int right, RowBits judged, RowBits wrong)
        {
            var (first, second) = (batch.Texts(left), batch.Texts(right));
            foreach (var row in judged)
            {
                var order = string.CompareOrdinal(first[row], second[row]);
                var isRight = rule.Comparison switch
                {
                    Comparison.Less => order < 0,
                    Comparison.AtMost => order <= 0,
                    Comparison.Equal => order == 0,
                    Comparison.NotEqual => order != 0,
                    Comparison.AtLeast => order >= 0,
                    _ => order > 0,
                };
                if (!isRight)
                {
                    wrong.Set(row);
                }
            }
        }
    }
}
