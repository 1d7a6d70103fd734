using System.Globalization;
using System.Numerics;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A number lies between two limits, both inclusive; booleans are 0 and 1.</summary>
internal sealed record RangeRule(string Of, double Min, double Max) : RowRule
{
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"in range [{Min}, {Max}]");

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(Schema schema, CancellationToken cancellationToken)
    {
        CheckColumn.Require(schema, Of, ColumnKind.Number, ColumnKind.Boolean);
        return new(new Test(this));
    }

    private sealed class Test(RangeRule rule) : ColumnTest(rule.Of)
    {
        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits present, RowBits wrong)
        {
            switch (array)
            {
                case DoubleArray a: VectorMarks.Outside(a.Values, rule.Min, rule.Max, wrong.Words); break;
                case Int64Array a: MarkWhole(a.Values, wrong); break;
                case Int32Array a: MarkWhole(a.Values, wrong); break;
                case Int16Array a: MarkWhole(a.Values, wrong); break;
                case Int8Array a: MarkWhole(a.Values, wrong); break;
                case UInt64Array a: MarkWhole(a.Values, wrong); break;
                case UInt32Array a: MarkWhole(a.Values, wrong); break;
                case UInt16Array a: MarkWhole(a.Values, wrong); break;
                case UInt8Array a: MarkWhole(a.Values, wrong); break;
                default: VectorMarks.Outside<double>(batch.Numbers(ordinal), rule.Min, rule.Max, wrong.Words); break;
            }
        }

        // In the column's own type: a long beyond 2^53 is no double.
        private void MarkWhole<T>(ReadOnlySpan<T> values, RowBits wrong)
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            var (least, most) = (Int128.CreateSaturating(Math.Ceiling(rule.Min)), Int128.CreateSaturating(Math.Floor(rule.Max)));
            if (least > most || least > Int128.CreateChecked(T.MaxValue) || most < Int128.CreateChecked(T.MinValue))
            {
                wrong.Reset(values.Length, value: true);
                return;
            }

            VectorMarks.Outside(values, T.CreateSaturating(least), T.CreateSaturating(most), wrong.Words);
        }
    }
}
