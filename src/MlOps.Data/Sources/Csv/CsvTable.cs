using System.Buffers;
using System.Data.Common;
using System.Text;
using MlOps.Data.Sources.Text;
using Sylvan.Data.Csv;

namespace MlOps.Data.Sources.Csv;

/// <summary>The cells of whole rows, as Sylvan.Data.Csv finds them among the bytes.</summary>
/// <remarks>
/// A quote at a cell's beginning opens it, the next single one closes it and nothing but a delimiter or a line end may follow; elsewhere a
/// quote is text. A line ends with a line feed, a carriage return or both. Lines without any byte are passed over, but are rows with a
/// missing cell where a row has one column.
/// </remarks>
internal sealed class CsvTable : IDisposable
{
    private const int BufferLength = 32 * 1024;

    // No byte becomes this character, so that no line is taken for a comment.
    private const char NoComment = '\uFFFF';

    private static readonly Nullable Cell = new();
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly CsvDialect _dialect;
    private readonly int _width;
    private readonly int[]? _wanted;
    private CsvCell[] _cells = ArrayPool<CsvCell>.Shared.Rent(4096);
    private int[] _rows = ArrayPool<int>.Shared.Rent(1024);
    private byte[] _unescaped = [];
    private int _unescapedLength;
    private int _count;

    private CsvTable(ReadOnlyMemory<byte> bytes, int start, CsvDialect dialect, int width, int[]? wanted)
    {
        (_bytes, End, _dialect, _width, _wanted) = (bytes, start, dialect, width, wanted);
    }

    /// <summary>The wanted cells of all rows, one row after the other.</summary>
    public ReadOnlySpan<CsvCell> Cells => _cells.AsSpan(0, _count);

    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>The texts of cells in which quotes stand doubled, with single ones.</summary>
    public ReadOnlySpan<byte> Unescaped => _unescaped;

    public int Rows { get; private set; }

    /// <summary>Where each row begins.</summary>
    public ReadOnlySpan<int> RowStarts => _rows.AsSpan(0, Rows);

    /// <summary>Where the first row ends, its line end included.</summary>
    public int FirstRowEnd { get; private set; }

    /// <summary>Where the rows end that were read.</summary>
    public int End { get; private set; }

    /// <summary>What ended the rows before the bytes ended.</summary>
    public TextFault? Fault { get; private set; }

    /// <summary>How many cells each row has; filled only where rows may have any number of cells.</summary>
    public List<int> Widths { get; } = [];

    /// <summary>Reads rows.</summary>
    /// <param name="bytes">Begin with a row, or with what <paramref name="start"/> passes over.</param>
    /// <param name="start">Where the first row begins.</param>
    /// <param name="dialect">Delimiter and quote.</param>
    /// <param name="width">How many cells each row must have; 0 for any number.</param>
    /// <param name="wanted">Which cells of a row; null for all.</param>
    /// <param name="maxRows">Stops after as many.</param>
    public static CsvTable Read(ReadOnlyMemory<byte> bytes, int start, CsvDialect dialect, int width, int[]? wanted = null, int maxRows = int.MaxValue)
    {
        var table = new CsvTable(bytes, start, dialect, width, wanted);
        try
        {
            table.Fill(maxRows);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    public ReadOnlySpan<byte> Text(int cell) => _cells[cell].Of(Bytes, Unescaped);

    public bool IsQuoted(int cell) => _cells[cell].IsQuoted(Bytes, _dialect.Quote);

    public void Dispose()
    {
        ArrayPool<CsvCell>.Shared.Return(_cells);
        ArrayPool<int>.Shared.Return(_rows);
        ArrayPool<byte>.Shared.Return(_unescaped);
        (_cells, _rows, _unescaped, _count, Rows) = ([], [], [], 0, 0);
    }

    private void Fill(int maxRows)
    {
        var rest = _bytes[End..];
        byte[]? copy = null;
        var buffer = ArrayPool<char>.Shared.Rent(BufferLength);
        try
        {
            // Without line feeds among the line ends, Sylvan decides for the whole text by the first return it sees, quoted or not.
            if (CsvDialect.HasReturnsAlone(rest.Span))
            {
                copy = ArrayPool<byte>.Shared.Rent(rest.Length);
                rest.CopyTo(copy);
                _dialect.ReplaceReturnsAlone(copy.AsSpan(0, rest.Length));
                rest = copy.AsMemory(0, rest.Length);
            }

            // The row put first says how many cells can be told to be nothing from an empty text in quotes, and how lines end.
            var first = $"a{new string((char)_dialect.Delimiter, Columns(rest, buffer, maxRows))}\n";
            using var reader = Open(first, rest, buffer);
            reader.Read();
            Fill(reader, maxRows);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
            if (copy is not null)
            {
                ArrayPool<byte>.Shared.Return(copy);
            }
        }
    }

    /// <summary>The most cells of a row, and one for a delimiter at a line's end.</summary>
    private int Columns(ReadOnlyMemory<byte> bytes, char[] buffer, int maxRows)
    {
        var most = _width;
        if (_width == 0)
        {
            using var reader = Open("a\n", bytes, buffer);
            try
            {
                reader.Read();
                for (var row = 0; row < maxRows && reader.Read();)
                {
                    most = Math.Max(most, reader.RowFieldCount);
                    row += reader.RowFieldCount == 1 && IsNothing(reader, 0) ? 0 : 1;
                }
            }
            catch (CsvFormatException)
            {
                // Comes again when the cells are read.
            }
        }

        return most + 1;
    }

    private CsvDataReader Open(string first, ReadOnlyMemory<byte> bytes, char[] buffer) => CsvDataReader.Create(new CsvText(first, bytes), buffer, new CsvDataReaderOptions
    {
        Delimiter = (char)_dialect.Delimiter,
        Quote = (char)_dialect.Quote,
        Escape = (char)_dialect.Quote,
        Comment = NoComment,
        HasHeaders = false,
        Schema = Cell,
        MaxBufferSize = first.Length + bytes.Length + 1,
    });

    private void Fill(CsvDataReader reader, int maxRows)
    {
        try
        {
            while (Rows < maxRows && reader.Read())
            {
                var record = reader.GetRawRecordSpan();
                var cells = reader.RowFieldCount;
                if (cells != _width && Skips(reader, ref cells))
                {
                    End += record.Length;
                    continue;
                }

                if (Fault is not null)
                {
                    return;
                }

                Add(reader, record, cells);
                End += record.Length;
                FirstRowEnd = Rows == 1 ? End : FirstRowEnd;
            }
        }
        catch (CsvFormatException error)
        {
            Fault = Malformed(error);
        }
    }

    /// <summary>Whether a row of another number of cells is none; an empty line, and a delimiter at the line's end, are no cells.</summary>
    private bool Skips(CsvDataReader reader, ref int cells)
    {
        if (cells == 1 && IsNothing(reader, 0))
        {
            return true;
        }

        if (_width == 0)
        {
            Widths.Add(cells);
        }
        else if (cells == _width + 1 && IsNothing(reader, _width))
        {
            cells = _width;
        }
        else
        {
            Fault = new TextFault(Rows, End, null, $"the row has {cells} cells where the file has {_width} columns: a delimiter or a quote is missing or too many. Correct the row, or give Delimiter and Quote in the options.");
        }

        return false;
    }

    private void Add(CsvDataReader reader, ReadOnlySpan<char> record, int cells)
    {
        var wanted = _wanted ?? [];
        var count = _wanted is null ? cells : wanted.Length;
        if (_count + count > _cells.Length)
        {
            Grow(ref _cells, _count, _count + count);
        }

        if (Rows == _rows.Length)
        {
            Grow(ref _rows, Rows, Rows + 1);
        }

        _rows[Rows++] = End;
        var target = _cells.AsSpan(_count, count);
        _count += count;
        for (var i = 0; i < target.Length; i++)
        {
            var ordinal = _wanted is null ? i : wanted[i];
            var cell = reader.GetFieldSpan(ordinal);
            target[i] = cell.IsEmpty ? CsvCell.Empty(reader.IsDBNull(ordinal))
                : record.Overlaps(cell, out var offset) ? CsvCell.At(End + offset, cell.Length)
                : Unescape(cell);
        }
    }

    private CsvCell Unescape(ReadOnlySpan<char> cell)
    {
        if (_unescapedLength + cell.Length > _unescaped.Length)
        {
            Grow(ref _unescaped, _unescapedLength, _unescapedLength + cell.Length);
        }

        Encoding.Latin1.GetBytes(cell, _unescaped.AsSpan(_unescapedLength));
        _unescapedLength += cell.Length;
        return CsvCell.Unescaped(_unescapedLength - cell.Length, cell.Length);
    }

    /// <summary>Says where in the row the reader stopped.</summary>
    private TextFault Malformed(CsvFormatException error)
    {
        var bytes = Bytes;
        for (var (open, end) = _dialect.NextQuoted(bytes, End); open >= 0; (open, end) = _dialect.NextQuoted(bytes, end))
        {
            if (end < 0)
            {
                return new TextFault(Rows, open, null, $"the quote {(char)_dialect.Quote} opened there is never closed: close it, double it inside of a cell, or give another Quote in the options.");
            }

            if (end < bytes.Length && bytes[end] != _dialect.Delimiter && bytes[end] is not ((byte)'\n' or (byte)'\r'))
            {
                return new TextFault(Rows, end, null, $"after the closing quote stands '{TextFault.Shortened(bytes.Slice(end, Math.Min(8, bytes.Length - end)))}', where a delimiter ('{(char)_dialect.Delimiter}') or the line's end must be: double the quotes inside of a cell.");
            }
        }

        return new TextFault(Rows, End, null, error.Message);
    }

    // Spaces are nothing to the reader too.
    private static bool IsNothing(CsvDataReader reader, int ordinal) => reader.GetFieldSpan(ordinal).IsEmpty && reader.IsDBNull(ordinal);

    private static void Grow<T>(ref T[] array, int used, int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, used * 2));
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }

    /// <summary>Columns in which an empty text in quotes is a value and nothing is not.</summary>
    private sealed class Nullable : CsvSchemaProvider
    {
        private static readonly NullableText Column = new();

        public override DbColumn GetColumn(string name, int ordinal) => Column;

        private sealed class NullableText : DbColumn
        {
            public NullableText()
            {
                (DataType, AllowDBNull) = (typeof(string), true);
            }
        }
    }
}
