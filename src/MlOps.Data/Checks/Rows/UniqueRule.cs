using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>No value occurs twice: the second occurrence and the later ones are wrong.</summary>
internal sealed record UniqueRule(string Of) : RowRule
{
    public override string Name => "unique";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of);
        return new(new Test(Of));
    }

    public override CheckEntry ToEntry() => new() { Check = "unique", Column = Of };

    private sealed class Test(string column) : ColumnTest(column)
    {
        private readonly HashSet<byte[]> _texts = new(Utf8Comparer.Instance);
        private readonly HashSet<string> _others = new(StringComparer.Ordinal);
        private readonly Int64Set _numbers = new();
        private long[] _bits = [];

        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong)
        {
            switch (ColumnReader.KindOf(array.Data.DataType))
            {
                case ColumnKind.Number when array is Int64Array whole: _numbers.Add(whole.Values, judged, wrong); break;
                case ColumnKind.Number when array is not (UInt64Array or Decimal128Array): _numbers.Add(Bits(batch, ordinal, array), judged, wrong); break;
                case ColumnKind.Time: _numbers.Add(batch.Ticks(ordinal), judged, wrong); break;
                case ColumnKind.Text: AddTexts(new Utf8Column((StringArray)array), judged, wrong); break;
                default: AddOthers(batch.Texts(ordinal), judged, wrong); break;
            }
        }

        // Whole numbers as they are, others by their bits; −0 is 0.
        private ReadOnlySpan<long> Bits(RowBatch batch, int ordinal, IArrowArray array)
        {
            if (_bits.Length < batch.Length)
            {
                _bits = new long[batch.Length];
            }

            var numbers = batch.Numbers(ordinal);
            var isWhole = array is not (DoubleArray or FloatArray or HalfFloatArray);
            for (var i = 0; i < numbers.Length; i++)
            {
                _bits[i] = isWhole ? (long)numbers[i] : BitConverter.DoubleToInt64Bits(numbers[i] + 0.0);
            }

            return _bits.AsSpan(0, batch.Length);
        }

        private void AddTexts(Utf8Column cells, RowBits judged, RowBits wrong)
        {
            var seen = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();
            foreach (var row in judged)
            {
                if (!seen.Add(cells[row]))
                {
                    wrong.Set(row);
                }
            }
        }

        private void AddOthers(string?[] texts, RowBits judged, RowBits wrong)
        {
            foreach (var row in judged)
            {
                if (!_others.Add(texts[row]!))
                {
                    wrong.Set(row);
                }
            }
        }
    }
}
