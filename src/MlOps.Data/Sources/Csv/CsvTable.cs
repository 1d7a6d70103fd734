using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MlOps.Data.Sources.Text;

namespace MlOps.Data.Sources.Csv;

/// <summary>Finds the cells among the bytes of whole rows, in one pass that looks at 32 bytes at a time.</summary>
/// <remarks>
/// A quote at a cell's beginning opens it, the next single one closes it and nothing but a delimiter or a line end may follow; elsewhere a
/// quote is text. A line ends with a line feed, a carriage return or both. Lines without any byte are passed over, but are rows with a
/// missing cell where a row has one column.
/// </remarks>
internal sealed class CsvTable : IDisposable
{
    private readonly int _width;
    private CsvCell[] _cells = ArrayPool<CsvCell>.Shared.Rent(4096);
    private int _count;
    private int _rowStart;
    private bool _endedQuoted;

    private CsvTable(int width)
    {
        _width = width;
    }

    /// <summary>The cells of all rows, one row after the other.</summary>
    public ReadOnlySpan<CsvCell> Cells => _cells.AsSpan(0, _count);

    public int Rows { get; private set; }

    /// <summary>What ended the rows before the bytes ended.</summary>
    public TextFault? Fault { get; private set; }

    /// <summary>Where each row's cells end; filled only where rows may have any number of cells.</summary>
    public List<int> RowEnds { get; } = [];

    /// <summary>Reads rows.</summary>
    /// <param name="bytes">Begin with a row.</param>
    /// <param name="start">Where the first row begins.</param>
    /// <param name="dialect">Delimiter and quote.</param>
    /// <param name="width">How many cells each row must have; 0 for any number.</param>
    /// <param name="maxRows">Stops after as many.</param>
    public static CsvTable Read(ReadOnlySpan<byte> bytes, int start, CsvDialect dialect, int width, int maxRows = int.MaxValue)
    {
        var table = new CsvTable(width);
        try
        {
            table.Fill(bytes, start, dialect, maxRows);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<CsvCell>.Shared.Return(_cells);
        _cells = [];
        _count = 0;
    }

    private void Fill(ReadOnlySpan<byte> bytes, int start, CsvDialect dialect, int maxRows)
    {
        var (position, cell) = (start, start);
        Span<byte> tail = stackalloc byte[Vector256<byte>.Count];
        ref var first = ref MemoryMarshal.GetReference(bytes);
        while (position < bytes.Length)
        {
            if (_count + Vector256<byte>.Count + 1 > _cells.Length)
            {
                Grow();
            }

            Vector256<byte> block;
            if (bytes.Length - position >= Vector256<byte>.Count)
            {
                block = Vector256.LoadUnsafe(ref first, (nuint)position);
            }
            else
            {
                // Zeros after the last bytes are none of the bytes looked for.
                tail.Clear();
                bytes[position..].CopyTo(tail);
                block = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(tail));
            }

            var marks = (Vector256.Equals(block, Vector256.Create(dialect.Delimiter)) | Vector256.Equals(block, Vector256.Create((byte)'\n'))
                | Vector256.Equals(block, Vector256.Create((byte)'\r')) | Vector256.Equals(block, Vector256.Create(dialect.Quote))).ExtractMostSignificantBits();
            var next = position + Vector256<byte>.Count;
            for (; marks != 0; marks &= marks - 1)
            {
                var at = position + System.Numerics.BitOperations.TrailingZeroCount(marks);
                var mark = bytes[at];
                if (mark == dialect.Delimiter)
                {
                    _cells[_count++] = new CsvCell(cell, at - cell, false, false);
                    cell = at + 1;
                    continue;
                }

                if (mark == dialect.Quote)
                {
                    if (at != cell)
                    {
                        continue;
                    }

                    next = Quoted(bytes, at, dialect);
                    if (next < 0 || Rows >= maxRows)
                    {
                        return;
                    }

                    cell = next;
                    break;
                }

                _cells[_count++] = new CsvCell(cell, at - cell, false, false);
                if (!EndRow() || Rows >= maxRows)
                {
                    return;
                }

                cell = at + 1;
                if (mark == '\r' && cell < bytes.Length && bytes[cell] == '\n')
                {
                    cell++;
                    next = cell;
                    break;
                }
            }

            position = next;
        }

        // The last line may lack its end.
        if (cell < bytes.Length || _count > _rowStart)
        {
            if (_count == _cells.Length)
            {
                Grow();
            }

            if (!_endedQuoted)
            {
                _cells[_count++] = new CsvCell(cell, bytes.Length - cell, false, false);
            }

            EndRow();
        }
    }

    /// <summary>Adds the cell whose opening quote stands there, and ends the row where it does.</summary>
    /// <returns>Where the next cell begins; negative when the rows ended with a fault.</returns>
    private int Quoted(ReadOnlySpan<byte> bytes, int open, CsvDialect dialect)
    {
        var (close, doubled) = (open + 1, false);
        while (true)
        {
            var found = bytes[close..].IndexOf(dialect.Quote);
            if (found < 0)
            {
                Stop(open, $"the quote {(char)dialect.Quote} opened there is never closed: close it, double it inside of a cell, or give another Quote in the options.");
                return -1;
            }

            close += found;
            if (close + 1 >= bytes.Length || bytes[close + 1] != dialect.Quote)
            {
                break;
            }

            doubled = true;
            close += 2;
        }

        _cells[_count++] = new CsvCell(open + 1, close - open - 1, true, doubled);
        var after = close + 1;
        if (after >= bytes.Length)
        {
            _endedQuoted = true;
            return bytes.Length;
        }

        if (bytes[after] == dialect.Delimiter)
        {
            return after + 1;
        }

        if (bytes[after] is (byte)'\n' or (byte)'\r')
        {
            return !EndRow() ? -1 : bytes[after] == '\r' && after + 1 < bytes.Length && bytes[after + 1] == '\n' ? after + 2 : after + 1;
        }

        _count--;
        Stop(after, $"after the closing quote stands '{TextFault.Shortened(bytes.Slice(after, Math.Min(8, bytes.Length - after)))}', where a delimiter ('{(char)dialect.Delimiter}') or the line's end must be: double the quotes inside of a cell.");
        return -1;
    }

    private bool EndRow()
    {
        var cells = _count - _rowStart;
        if (_width == 0)
        {
            if (cells == 1 && _cells[_rowStart].IsNothing)
            {
                _count = _rowStart;
                return true;
            }

            RowEnds.Add(_count);
        }
        else if (cells != _width)
        {
            // An empty line, and a delimiter at the line's end, are no cells.
            if (cells == 1 && _cells[_rowStart].IsNothing)
            {
                _count = _rowStart;
                return true;
            }

            if (cells == _width + 1 && _cells[_count - 1].IsNothing)
            {
                _count--;
            }
            else
            {
                _count = _rowStart;
                Stop(_cells[_rowStart].Start, $"the row has {cells} cells where the file has {_width} columns: a delimiter or a quote is missing or too many. Correct the row, or give Delimiter and Quote in the options.");
                return false;
            }
        }

        Rows++;
        _rowStart = _count;
        return true;
    }

    private void Stop(int position, string message)
    {
        _count = _rowStart;
        Fault = new TextFault(Rows, position, null, message);
    }

    private void Grow()
    {
        var larger = ArrayPool<CsvCell>.Shared.Rent(_cells.Length * 2);
        _cells.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<CsvCell>.Shared.Return(_cells);
        _cells = larger;
    }
}
