using System.Text;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A test of each text that remembers its verdicts: categories repeat.</summary>
internal sealed class TextTest(string column, Func<string, bool> isRight) : ColumnTest(column)
{
    private const int MostRemembered = 65_536;
    private readonly Dictionary<byte[], bool> _verdicts = new(Utf8Comparer.Instance);

    protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits present, RowBits wrong)
    {
        var cells = new Utf8Column((StringArray)array);
        var verdicts = _verdicts.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var row in present)
        {
            var cell = cells[row];
            if (!verdicts.TryGetValue(cell, out var verdict))
            {
                verdict = isRight(Encoding.UTF8.GetString(cell));
                if (_verdicts.Count < MostRemembered)
                {
                    verdicts[cell] = verdict;
                }
            }

            if (!verdict)
            {
                wrong.Set(row);
            }
        }
    }
}
