using System.Globalization;
using System.Numerics;
using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A number lies between two limits, both inclusive unless excluded; booleans are 0 and 1.</summary>
internal sealed record RangeRule(string Of, double Min, double Max) : RowRule
{
    /// <summary>Whether the lower limit itself is wrong; it is finite then.</summary>
    public bool MinExcluded { get; init; }

    /// <summary>Whether the upper limit itself is wrong; it is finite then.</summary>
    public bool MaxExcluded { get; init; }

    public override string Name => (double.IsNegativeInfinity(Min), double.IsPositiveInfinity(Max)) switch
    {
        (false, true) => string.Create(CultureInfo.InvariantCulture, $"{(MinExcluded ? ">" : "≥")} {Min}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"{(MaxExcluded ? "<" : "≤")} {Max}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"in range [{Min}, {Max}]"),
    };

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of, ColumnKind.Number, ColumnKind.Boolean);
        return new(new Test(this));
    }

    public override CheckEntry ToEntry() => new()
    {
        Check = MinExcluded ? "greater_than" : MaxExcluded ? "less_than" : "in_range",
        Column = Of,
        Min = EntryValues.Limit(Min),
        Max = EntryValues.Limit(Max),
    };

    private sealed class Test(RangeRule rule) : ColumnTest(rule.Of)
    {
        private readonly double _min = Least(rule, rule.Min);
        private readonly double _max = Most(rule, rule.Max);
        private readonly double _minOfSingles = Least(rule, SinglePrecision.Of(rule.Min));
        private readonly double _maxOfSingles = Most(rule, SinglePrecision.Of(rule.Max));

        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong)
        {
            switch (array)
            {
                case DoubleArray a: VectorMarks.Outside(a.Values, _min, _max, wrong.Words); break;
                case FloatArray: VectorMarks.Outside<double>(batch.Numbers(ordinal), _minOfSingles, _maxOfSingles, wrong.Words); break;
                case Int64Array a: MarkWhole(a.Values, wrong); break;
                case Int32Array a: MarkWhole(a.Values, wrong); break;
                case Int16Array a: MarkWhole(a.Values, wrong); break;
                case Int8Array a: MarkWhole(a.Values, wrong); break;
                case UInt64Array a: MarkWhole(a.Values, wrong); break;
                case UInt32Array a: MarkWhole(a.Values, wrong); break;
                case UInt16Array a: MarkWhole(a.Values, wrong); break;
                case UInt8Array a: MarkWhole(a.Values, wrong); break;
                default: VectorMarks.Outside<double>(batch.Numbers(ordinal), _min, _max, wrong.Words); break;
            }
        }

        private static double Least(RangeRule rule, double min) => rule.MinExcluded ? Math.BitIncrement(min) : min;

        private static double Most(RangeRule rule, double max) => rule.MaxExcluded ? Math.BitDecrement(max) : max;

        // In the column's own type: a long beyond 2^53 is no double.
        private void MarkWhole<T>(ReadOnlySpan<T> values, RowBits wrong)
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            var least = rule.MinExcluded ? Int128.CreateSaturating(Math.Floor(rule.Min)) + 1 : Int128.CreateSaturating(Math.Ceiling(rule.Min));
            var most = rule.MaxExcluded ? Int128.CreateSaturating(Math.Ceiling(rule.Max)) - 1 : Int128.CreateSaturating(Math.Floor(rule.Max));
            if (least > most || least > Int128.CreateChecked(T.MaxValue) || most < Int128.CreateChecked(T.MinValue))
            {
                wrong.Reset(values.Length, value: true);
                return;
            }

            VectorMarks.Outside(values, T.CreateSaturating(least), T.CreateSaturating(most), wrong.Words);
        }
    }
}
