using System.Globalization;
using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Columns;

namespace MlOps.Data.Equality;

/// <summary>Compares pairs of rows, counts what differs and keeps the first differences.</summary>
internal sealed class DifferenceList
{
    private readonly string[] _names;
    private readonly ColumnKind[] _kinds;
    private readonly DatasetDiffOptions _options;
    private readonly long[] _cells;
    private readonly List<DatasetDifference> _examples = [];
    private long _changed;
    private long _missing;
    private long _extra;

    public DifferenceList(Schema schema, DatasetDiffOptions options)
    {
        _names = [.. schema.FieldsList.Select(field => field.Name)];
        _kinds = [.. schema.FieldsList.Select(field => ColumnReader.KindOf(field.DataType))];
        _options = options;
        _cells = new long[_names.Length];
    }

    public long ExpectedRows { get; set; }

    public long ActualRows { get; set; }

    /// <summary>Compares two rows cell by cell.</summary>
    public void Compare(RowBatch expected, int expectedRow, RowBatch actual, int actualRow)
    {
        var isChanged = false;
        for (var i = 0; i < _names.Length; i++)
        {
            var (one, other) = (expected.Ordinal(_names[i]), actual.Ordinal(_names[i]));
            if (!CellEquality.AreEqual(_kinds[i], _options.Tolerance, (expected, one, expectedRow), (actual, other, actualRow)))
            {
                isChanged = true;
                _cells[i]++;
                Show(DatasetDifferenceKind.ChangedCell, actual, actualRow, (_names[i], Text(expected, one, expectedRow), Text(actual, other, actualRow)));
            }
        }

        _changed += isChanged ? 1 : 0;
    }

    public void AddExtra(RowBatch actual, int row)
    {
        _extra++;
        Show(DatasetDifferenceKind.ExtraRow, actual, row);
    }

    public void AddMissing(RowBatch expected, int row)
    {
        _missing++;
        Show(DatasetDifferenceKind.MissingRow, expected, row);
    }

    public DatasetDiff ToDiff() => new()
    {
        Columns = [],
        ExpectedRows = ExpectedRows,
        ActualRows = ActualRows,
        ChangedRows = _changed,
        MissingRows = _missing,
        ExtraRows = _extra,
        ChangedCells = _names.Zip(_cells).Where(column => column.Second > 0).ToDictionary(column => column.First, column => column.Second, StringComparer.Ordinal),
        Examples = _examples,
    };

    // NaN is missing, and has a text all the same.
    private static string? Text(RowBatch batch, int column, int row) => batch.IsMissing(column, row) ? null : batch.TextAt(column, row);

    private void Show(DatasetDifferenceKind kind, RowBatch batch, int row, (string Column, string? Expected, string? Actual)? cell = null)
    {
        if (_examples.Count < _options.MaxExamples)
        {
            _examples.Add(new DatasetDifference
            {
                Kind = kind,
                Row = _options.Keys.Count == 0
                    ? (batch.Position + row).ToString(CultureInfo.InvariantCulture)
                    : _options.Keys.Count == 1 ? RowWords.Of(batch, row, _options.Keys) ?? "missing" : RowWords.Of(batch, row, _options.Keys)!,
                Position = batch.Position + row,
                Column = cell?.Column,
                Expected = cell?.Expected,
                Actual = cell?.Actual,
            });
        }
    }
}
