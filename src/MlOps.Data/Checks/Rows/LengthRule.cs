using System.Text;
using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A text has a length between two limits, both inclusive, in UTF-16 code units.</summary>
internal sealed record LengthRule(string Of, int? Min, int? Max) : RowRule
{
    public override string Name => (Min, Max) switch
    {
        (null, { } max) => $"length ≤ {max}",
        ({ } min, { } max) when min == max => $"length {min}",
        ({ } min, null) => $"length ≥ {min}",
        var (min, max) => $"length in [{min}, {max}]",
    };

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of, ColumnKind.Text);
        return new(new Test(this));
    }

    public override CheckEntry ToEntry() => new() { Check = "length", Column = Of, Min = Min, Max = Max };

    private sealed class Test(LengthRule rule) : ColumnTest(rule.Of)
    {
        private readonly int _min = rule.Min ?? 0;
        private readonly int _max = rule.Max ?? int.MaxValue;

        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong)
        {
            var cells = new Utf8Column((StringArray)array);
            foreach (var row in judged)
            {
                var cell = cells[row];

                // A text has at most as many code units as bytes, and at least a third of them: most are decided by that.
                var isRight = (cell.Length + 2) / 3 >= _min && cell.Length <= _max;
                if (!isRight && (cell.Length < _min || (cell.Length + 2) / 3 > _max || !IsRight(Encoding.UTF8.GetCharCount(cell))))
                {
                    wrong.Set(row);
                }
            }
        }

        private bool IsRight(int length) => length >= _min && length <= _max;
    }
}
