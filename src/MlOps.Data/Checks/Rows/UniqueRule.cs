using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>No value occurs twice: the second occurrence and the later ones are wrong.</summary>
internal sealed record UniqueRule(string Of) : RowRule
{
    public override string Name => "unique";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(Schema schema, CancellationToken cancellationToken)
    {
        CheckColumn.Require(schema, Of);
        return new(new Test(Of));
    }

    private sealed class Test(string column) : ColumnTest(column)
    {
        private readonly HashSet<byte[]> _texts = new(Utf8Comparer.Instance);
        private readonly HashSet<string> _others = new(StringComparer.Ordinal);
        private readonly HashSet<long> _integers = [];
        private readonly HashSet<double> _numbers = [];

        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits present, RowBits wrong)
        {
            switch (ColumnReader.KindOf(array.Data.DataType))
            {
                case ColumnKind.Number when array is Int64Array whole: Add(_integers, whole.Values, present, wrong); break;
                case ColumnKind.Number when array is not (UInt64Array or Decimal128Array): Add(_numbers, batch.Numbers(ordinal), present, wrong); break;
                case ColumnKind.Time: Add(_integers, batch.Ticks(ordinal), present, wrong); break;
                case ColumnKind.Text: AddTexts(new Utf8Column((StringArray)array), present, wrong); break;
                default: Add(_others!, batch.Texts(ordinal), present, wrong); break;
            }
        }

        private static void Add<T>(HashSet<T> seen, ReadOnlySpan<T> values, RowBits present, RowBits wrong)
        {
            foreach (var row in present)
            {
                if (!seen.Add(values[row]))
                {
                    wrong.Set(row);
                }
            }
        }

        private void AddTexts(Utf8Column cells, RowBits present, RowBits wrong)
        {
            var seen = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();
            foreach (var row in present)
            {
                if (!seen.Add(cells[row]))
                {
                    wrong.Set(row);
                }
            }
        }
    }
}
