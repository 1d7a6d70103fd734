using System.Text;
using Apache.Arrow;

namespace MlOps.Data.Columns;

/// <summary>Remembers what a test says of texts: categories repeat.</summary>
internal sealed class TextVerdicts(Func<string, bool> test)
{
    private const int MostRemembered = 65_536;
    private readonly Dictionary<byte[], bool> _verdicts = new(Utf8Comparer.Instance);

    /// <summary>Clears the rows whose texts do not pass.</summary>
    /// <param name="array">The texts.</param>
    /// <param name="rows">The rows to look at.</param>
    public void ClearWrong(StringArray array, RowBits rows)
    {
        var cells = new Utf8Column(array);
        var verdicts = _verdicts.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var row in rows)
        {
            var cell = cells[row];
            if (!verdicts.TryGetValue(cell, out var verdict))
            {
                verdict = test(Encoding.UTF8.GetString(cell));
                if (_verdicts.Count < MostRemembered)
                {
                    verdicts[cell] = verdict;
                }
            }

            if (!verdict)
            {
                rows.Unset(row);
            }
        }
    }
}
