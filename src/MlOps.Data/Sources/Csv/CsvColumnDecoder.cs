using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using MlOps.Data.Sources.Text;

namespace MlOps.Data.Sources.Csv;

/// <summary>Makes an Arrow array of one column's cells: the type is looked at once a column and not once a cell.</summary>
internal readonly ref struct CsvColumnDecoder
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<byte> _unescaped;
    private readonly ReadOnlySpan<CsvCell> _cells;
    private readonly int _width;
    private readonly int _rows;
    private readonly CellRules _rules;

    /// <summary>Looks at some rows.</summary>
    /// <param name="table">The cells.</param>
    /// <param name="first">The column's first cell.</param>
    /// <param name="width">From one row to the next.</param>
    /// <param name="rows">How many.</param>
    /// <param name="rules">How values are written.</param>
    public CsvColumnDecoder(CsvTable table, int first, int width, int rows, CellRules rules)
    {
        _bytes = table.Bytes;
        _unescaped = table.Unescaped;
        _cells = table.Cells[first..];
        _width = width;
        _rows = rows;
        _rules = rules;
    }

    private interface IParse<T>
    {
        static abstract bool TryParse(ReadOnlySpan<byte> text, CellRules rules, out T value);
    }

    /// <summary>Decodes all rows.</summary>
    /// <param name="type">What the cells are.</param>
    /// <param name="badRow">The first row whose cell is of another type; negative when there is none.</param>
    /// <returns>The column; null when there is a bad row.</returns>
    public IArrowArray? Decode(CellType type, out int badRow) => type switch
    {
        CellType.Integer => Fixed<long, Integers>(type, out badRow),
        CellType.Number => Fixed<double, Numbers>(type, out badRow),
        CellType.Boolean => Booleans(out badRow),
        CellType.Time => Fixed<long, Times>(type, out badRow),
        CellType.Date => Fixed<int, Dates>(type, out badRow),
        _ => Texts(out badRow),
    };

    private IArrowArray? Fixed<T, TParse>(CellType type, out int badRow)
        where T : unmanaged
        where TParse : struct, IParse<T>
    {
        var values = new byte[_rows * Unsafe.SizeOf<T>()];
        var cells = MemoryMarshal.Cast<byte, T>(values.AsSpan());
        var valid = new byte[(_rows + 7) / 8];
        var missing = 0;
        for (int row = 0, at = 0; row < cells.Length; row++, at += _width)
        {
            var text = _cells[at].Of(_bytes, _unescaped);
            if (_rules.IsMissing(text))
            {
                missing++;
            }
            else if (TParse.TryParse(text, _rules, out cells[row]) || TryTrimmed<T, TParse>(ref text, out cells[row]))
            {
                valid[row >> 3] |= (byte)(1 << (row & 7));
            }
            else if (text.IsEmpty)
            {
                missing++;
            }
            else
            {
                badRow = row;
                return null;
            }
        }

        badRow = -1;
        return Build(type, missing, valid, new ArrowBuffer(values));
    }

    private bool TryTrimmed<T, TParse>(ref ReadOnlySpan<byte> text, out T value)
        where T : unmanaged
        where TParse : struct, IParse<T>
    {
        value = default;
        var trimmed = CellText.Trim(text);
        if (trimmed.Length == text.Length)
        {
            return false;
        }

        text = trimmed;
        return !trimmed.IsEmpty && TParse.TryParse(trimmed, _rules, out value);
    }

    private IArrowArray? Booleans(out int badRow)
    {
        var (values, valid, missing) = (new byte[(_rows + 7) / 8], new byte[(_rows + 7) / 8], 0);
        for (int row = 0, at = 0; row < _rows; row++, at += _width)
        {
            var text = _cells[at].Of(_bytes, _unescaped);
            var trimmed = CellText.Trim(text);
            if (trimmed.IsEmpty || _rules.IsMissing(text))
            {
                missing++;
                continue;
            }

            if (!CellText.TryBoolean(trimmed, out var value))
            {
                badRow = row;
                return null;
            }

            valid[row >> 3] |= (byte)(1 << (row & 7));
            values[row >> 3] |= (byte)((value ? 1 : 0) << (row & 7));
        }

        badRow = -1;
        return Build(CellType.Boolean, missing, valid, new ArrowBuffer(values));
    }

    private IArrowArray Texts(out int badRow)
    {
        badRow = -1;
        var longest = 0;
        for (int row = 0, at = 0; row < _rows; row++, at += _width)
        {
            longest += _cells[at].Length;
        }

        var ends = new byte[(_rows + 1) * sizeof(int)];
        var offsets = MemoryMarshal.Cast<byte, int>(ends.AsSpan());
        var (text, valid, used, missing) = (new byte[longest], new byte[(_rows + 7) / 8], 0, 0);
        for (int row = 0, at = 0; row < _rows; row++, at += _width)
        {
            var cell = _cells[at];
            var bytes = cell.Of(_bytes, _unescaped);
            if (cell.IsNothing || _rules.IsMissing(bytes))
            {
                missing++;
            }
            else
            {
                valid[row >> 3] |= (byte)(1 << (row & 7));
                bytes.CopyTo(text.AsSpan(used));
                used += bytes.Length;
            }

            offsets[row + 1] = used;
        }

        return Build(CellType.Text, missing, valid, new ArrowBuffer(ends), new ArrowBuffer(text.AsMemory(0, used)));
    }

    private IArrowArray Build(CellType type, int missing, byte[] valid, params ReadOnlySpan<ArrowBuffer> values) => ArrowArrayFactory.BuildArray(
        new ArrayData(CellText.ArrowType(type), _rows, missing, 0, [missing == 0 ? ArrowBuffer.Empty : new ArrowBuffer(valid), .. values]));

    private readonly struct Integers : IParse<long>
    {
        public static bool TryParse(ReadOnlySpan<byte> text, CellRules rules, out long value) => CellText.TryInteger(text, rules.Thousands, out value);
    }

    private readonly struct Numbers : IParse<double>
    {
        public static bool TryParse(ReadOnlySpan<byte> text, CellRules rules, out double value) => CellText.TryNumber(text, rules.Decimal, rules.Thousands, out value);
    }

    private readonly struct Times : IParse<long>
    {
        public static bool TryParse(ReadOnlySpan<byte> text, CellRules rules, out long value) => CellText.TryTime(text, rules.TimeFormats, out value);
    }

    private readonly struct Dates : IParse<int>
    {
        public static bool TryParse(ReadOnlySpan<byte> text, CellRules rules, out int value) => CellText.TryDate(text, rules.TimeFormats, out value);
    }
}
