using System.Runtime.InteropServices;

namespace MlOps.Data.Sources.Csv;

/// <summary>The bytes that structure a CSV file.</summary>
/// <param name="Delimiter">Stands between cells.</param>
/// <param name="Quote">Stands around cells.</param>
/// <param name="Decimal">Stands before decimals.</param>
/// <param name="Thousands">Stands between thousands; 0 for numbers without.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CsvDialect(byte Delimiter, byte Quote, byte Decimal, byte Thousands)
{
    /// <summary>Where the last row that surely ends in the bytes ends; 0 when none does.</summary>
    /// <remarks>The bytes begin with a row. A quote opens a cell only at the cell's beginning, as in <see cref="CsvTable"/>.</remarks>
    public int RowsEnd(ReadOnlySpan<byte> bytes)
    {
        var (end, position) = (0, 0);
        while (true)
        {
            var next = bytes[position..].IndexOf(Quote);
            var plain = next < 0 ? bytes[position..] : bytes.Slice(position, next);
            if (LastLineEnd(plain, next < 0) is > 0 and var line)
            {
                end = position + line;
            }

            if (next < 0)
            {
                return end;
            }

            position += next;
            if (position > 0 && bytes[position - 1] is var before && before != Delimiter && before != '\n' && before != '\r')
            {
                position++;
                continue;
            }

            // Past the closing quote; a doubled one closes and opens again, which comes to the same.
            var close = bytes[(position + 1)..].IndexOf(Quote);
            while (close >= 0 && position + close + 2 < bytes.Length && bytes[position + close + 2] == Quote)
            {
                position += close + 2;
                close = bytes[(position + 1)..].IndexOf(Quote);
            }

            if (close < 0 || position + close + 2 >= bytes.Length)
            {
                return end;
            }

            position += close + 2;
        }
    }

    // A carriage return ends a line where no line feed does; the last byte of all may have its line feed still to come.
    private static int LastLineEnd(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var feed = bytes.LastIndexOf((byte)'\n');
        return feed >= 0 ? feed + 1 : (isLast && !bytes.IsEmpty ? bytes[..^1] : bytes).LastIndexOf((byte)'\r') + 1;
    }
}
