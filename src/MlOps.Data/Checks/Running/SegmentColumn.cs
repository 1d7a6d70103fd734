using System.Text;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Running;

/// <summary>Numbers the values of a column as they come; a missing value is a segment too.</summary>
internal sealed class SegmentColumn(string column)
{
    /// <summary>More segments are a sign of the wrong column, and every one costs a test.</summary>
    public const int MostSegments = 1000;

    private readonly Dictionary<byte[], int> _known = new(Utf8Comparer.Instance);
    private readonly Dictionary<string, int> _others = new(StringComparer.Ordinal);
    private readonly List<string?> _keys = [];
    private readonly RowBits _present = new();
    private int _missing = -1;
    private int[] _codes = [];
    private RowBatch? _batch;

    public string Column => column;

    /// <summary>The values by code.</summary>
    public IReadOnlyList<string?> Keys => _keys;

    /// <summary>A code for each row of a batch.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: there are too many values.</exception>
    public ReadOnlySpan<int> Of(RowBatch batch)
    {
        if (!ReferenceEquals(batch, _batch))
        {
            Code(batch);
            _batch = batch;
        }

        return _codes.AsSpan(0, batch.Length);
    }

    private void Code(RowBatch batch)
    {
        if (_codes.Length < batch.Length)
        {
            _codes = new int[batch.Length];
        }

        var ordinal = batch.Ordinal(column);
        batch.MarkPresent(ordinal, _present);
        if (batch.Batch.Column(ordinal) is StringArray array)
        {
            CodeTexts(new Utf8Column(array), batch.Length);
            return;
        }

        var texts = batch.Texts(ordinal);
        for (var row = 0; row < batch.Length; row++)
        {
            if (!_present[row])
            {
                _codes[row] = Missing();
            }
            else
            {
                // Both zeros of the doubles are one value.
                var text = texts[row] == "-0" ? "0" : texts[row]!;
                if (!_others.TryGetValue(text, out _codes[row]))
                {
                    _others[text] = _codes[row] = Add(text);
                }
            }
        }
    }

    private void CodeTexts(Utf8Column cells, int length)
    {
        var known = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
        for (var row = 0; row < length; row++)
        {
            if (!_present[row])
            {
                _codes[row] = Missing();
            }
            else if (!known.TryGetValue(cells[row], out _codes[row]))
            {
                known[cells[row]] = _codes[row] = Add(Encoding.UTF8.GetString(cells[row]));
            }
        }
    }

    private int Missing() => _missing >= 0 ? _missing : _missing = Add(null);

    private int Add(string? key)
    {
        if (_keys.Count == MostSegments)
        {
            throw new MlOpsException(
                ErrorCodes.ColumnType,
                $"the column '{column}' has more than {MostSegments} different values, too many to take one by one: choose a column of categories");
        }

        _keys.Add(key);
        return _keys.Count - 1;
    }
}
