using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A number is one of a set, or must not be; compared as doubles, or in single precision where the column is.</summary>
internal sealed record NumberSetRule(string Of, IReadOnlyList<double> Values, bool Negated = false) : RowRule
{
    public override string Name => $"{(Negated ? "not in" : "in")} {SetWords.Of(Values)}";

    public override string DiscreetName => $"{(Negated ? "not in" : "in")} {SetWords.Discreet(Values)}";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of, ColumnKind.Number, ColumnKind.Boolean);
        return new(new Test(this));
    }

    public override CheckEntry ToEntry() => new() { Check = Negated ? "not_in" : "in", Column = Of, Values = EntryValues.Of(Values) };

    private sealed class Test(NumberSetRule rule) : ColumnTest(rule.Of)
    {
        // A few values are compared with whole vectors; more are looked up.
        private const int MostCompared = 8;
        private readonly HashSet<double> _doubles = [.. rule.Values];
        private readonly HashSet<double> _singles = [.. rule.Values.Select(SinglePrecision.Of)];
        private readonly RowBits _equal = new();

        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong)
        {
            var numbers = array is DoubleArray doubles ? doubles.Values : batch.Numbers(ordinal);
            var values = array is FloatArray ? _singles : _doubles;
            if (values.Count <= MostCompared)
            {
                wrong.Reset(batch.Length, value: true);
                foreach (var value in values)
                {
                    _equal.Reset(batch.Length, value: false);
                    VectorMarks.Outside(numbers, value, value, _equal.Words);
                    wrong.And(_equal);
                }
            }
            else
            {
                foreach (var row in judged)
                {
                    if (!values.Contains(numbers[row]))
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
