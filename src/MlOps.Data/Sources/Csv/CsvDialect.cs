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
    /// <summary>Whether a character can stand between or around cells.</summary>
    public static bool IsStructure(char character) => char.IsAscii(character) && !char.IsAsciiLetterOrDigit(character) && character is not ('\r' or '\n' or '\0');

    /// <summary>Where the last row that surely ends in the bytes ends; 0 when none does.</summary>
    /// <param name="bytes">Begin with a row.</param>
    public int RowsEnd(ReadOnlySpan<byte> bytes)
    {
        var (end, position) = (0, 0);
        while (true)
        {
            var (open, close) = NextQuoted(bytes, position);
            var plain = open < 0 ? bytes[position..] : bytes[position..open];
            if (LastLineEnd(plain, open < 0) is > 0 and var line)
            {
                end = position + line;
            }

            // A quote that is the last byte may be the first of two.
            if (close < 0 || close >= bytes.Length)
            {
                return end;
            }

            position = close;
        }
    }

    /// <summary>The next cell in quotes: a quote opens one only at a cell's beginning, and the next single one closes it.</summary>
    /// <param name="bytes">Begin with a row.</param>
    /// <param name="position">Where to look, outside of quotes.</param>
    /// <returns>Where the opening quote stands and what follows the closing one; negative where there is none.</returns>
    public (int Open, int End) NextQuoted(ReadOnlySpan<byte> bytes, int position)
    {
        while (bytes[position..].IndexOf(Quote) is >= 0 and var next)
        {
            var open = position + next;
            position = open + 1;
            if (open > 0 && bytes[open - 1] is var before && before != Delimiter && before is not ((byte)'\n' or (byte)'\r'))
            {
                continue;
            }

            while (bytes[position..].IndexOf(Quote) is >= 0 and var close)
            {
                position += close + 1;
                if (position >= bytes.Length || bytes[position] != Quote)
                {
                    return (open, position);
                }

                position++;
            }

            return (open, -1);
        }

        return (-1, -1);
    }

    /// <summary>Where a cell begins, or its text if quotes stand around that.</summary>
    /// <param name="bytes">Hold the row.</param>
    /// <param name="row">Where the cell's row begins.</param>
    /// <param name="ordinal">How many cells stand before it in the row.</param>
    public int CellStart(ReadOnlySpan<byte> bytes, int row, int ordinal)
    {
        var at = row;
        for (; ordinal > 0; ordinal--)
        {
            at = bytes[at] == Quote ? NextQuoted(bytes, at).End : at;
            at += bytes[at..].IndexOf(Delimiter) + 1;
        }

        return at < bytes.Length && bytes[at] == Quote ? at + 1 : at;
    }

    /// <summary>Whether a carriage return without a line feed is among the bytes.</summary>
    public static bool HasReturnsAlone(ReadOnlySpan<byte> bytes) =>
        bytes.Contains((byte)'\r') && bytes.Count((byte)'\r') != bytes.Count("\r\n"u8);

    /// <summary>Makes carriage returns that end a line alone line feeds; those in quotes stay.</summary>
    public void ReplaceReturnsAlone(Span<byte> bytes)
    {
        for (var position = 0; position >= 0;)
        {
            var (open, close) = NextQuoted(bytes, position);
            for (var at = position; at < (open < 0 ? bytes.Length : open); at++)
            {
                if (bytes[at] == '\r' && (at + 1 == bytes.Length || bytes[at + 1] != '\n'))
                {
                    bytes[at] = (byte)'\n';
                }
            }

            position = close;
        }
    }

    // A carriage return ends a line where no line feed does; the last byte of all may have its line feed still to come.
    private static int LastLineEnd(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var feed = bytes.LastIndexOf((byte)'\n');
        return feed >= 0 ? feed + 1 : (isLast && !bytes.IsEmpty ? bytes[..^1] : bytes).LastIndexOf((byte)'\r') + 1;
    }
}
