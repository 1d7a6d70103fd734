using System.Globalization;
using MlOps.Data;

namespace MlOps.Testing;

/// <summary>Compares rows with those expected, by position or by key, and keeps the first differences.</summary>
internal sealed class RowComparison
{
    private const int ShownCells = 10;
    private readonly string[] _columns;
    private readonly bool[] _isNumber;
    private readonly string[] _keys;
    private readonly double _tolerance;
    private readonly Dictionary<string, (string?[] Texts, double[] Numbers)> _expected = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<string>> _shown = [];
    private long _expectedRows;
    private long _actualRows;
    private long _different;
    private long _surplus;

    public RowComparison(string[] columns, Dictionary<string, ColumnKind> kinds, IReadOnlyList<string> keys, double tolerance)
    {
        (_columns, _keys, _tolerance) = (columns, [.. keys], tolerance);
        _isNumber = [.. columns.Select(column => kinds[column] == ColumnKind.Number && !_keys.Contains(column))];
    }

    /// <summary>What the first column of <see cref="Shown"/> is.</summary>
    public string RowHead => _keys.Length == 0 ? "row" : string.Join(", ", _keys);

    /// <summary>The first differences: row, column, expected, actual.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Shown => _shown;

    /// <summary>Takes what is compared out of a row.</summary>
    public (string Key, string?[] Texts, double[] Numbers) Take(DatasetRow row)
    {
        var texts = new string?[_columns.Length];
        var numbers = new double[_columns.Length];
        for (var i = 0; i < _columns.Length; i++)
        {
            texts[i] = row.IsMissing(_columns[i]) ? null : row.Text(_columns[i]);
            numbers[i] = _isNumber[i] ? row.Number(_columns[i]) : 0;
        }

        var key = _keys.Length == 0
            ? row.Position.ToString(CultureInfo.InvariantCulture)
            : string.Join(", ", _keys.Select(column => row.Text(column) ?? "missing"));
        return (key, texts, numbers);
    }

    public void Expect((string Key, string?[] Texts, double[] Numbers) row)
    {
        _expectedRows++;
        if (!_expected.TryAdd(row.Key, (row.Texts, row.Numbers)))
        {
            throw new ArgumentException($"Two expected rows have the key '{row.Key}': name the columns that tell every row from the others.");
        }
    }

    public void Compare((string Key, string?[] Texts, double[] Numbers) row)
    {
        _actualRows++;
        if (!_expected.Remove(row.Key, out var expected))
        {
            _surplus++;
            Show(row.Key, "", "no row", "a row");
            return;
        }

        var isDifferent = false;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (!IsEqual(i, expected, (row.Texts, row.Numbers)))
            {
                isDifferent = true;
                Show(row.Key, _columns[i], expected.Texts[i] ?? "missing", row.Texts[i] ?? "missing");
            }
        }

        _different += isDifferent ? 1 : 0;
    }

    /// <summary>The differences in words; null without any.</summary>
    public string? Finish()
    {
        foreach (var key in _expected.Keys.Take(ShownCells))
        {
            Show(key, "", "a row", "no row");
        }

        List<string> parts = [];
        Count(_different, $"of {_expectedRows.ToString(CultureInfo.InvariantCulture)} rows differ");
        Count(_expected.Count, "rows are missing");
        Count(_surplus, "rows are not expected");
        return parts.Count == 0 ? null : string.Join(", ", parts);

        void Count(long count, string words)
        {
            if (count > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {words}"));
            }
        }
    }

    private bool IsEqual(int column, (string?[] Texts, double[] Numbers) expected, (string?[] Texts, double[] Numbers) actual)
    {
        var (left, right) = (expected.Texts[column], actual.Texts[column]);
        if (!_isNumber[column] || left is null || right is null)
        {
            return string.Equals(left, right, StringComparison.Ordinal);
        }

        // Texts first: whole numbers beyond 2^53 differ where their doubles do not.
        var (first, second) = (expected.Numbers[column], actual.Numbers[column]);
        return string.Equals(left, right, StringComparison.Ordinal)
            || (first == second && Math.Abs(first) <= 1L << 53)
            || Math.Abs(first - second) <= _tolerance && _tolerance > 0;
    }

    private void Show(string key, string column, string expected, string actual)
    {
        if (_shown.Count < ShownCells)
        {
            _shown.Add([key, column, expected, actual]);
        }
    }
}
