using System.Buffers;
using System.Text;

namespace MlOps.Data.Writing;

/// <summary>Writes CSV by RFC 4180, with line feeds.</summary>
internal sealed class CsvRowWriter : RowWriter
{
    private readonly CsvWriteOptions _options;
    private readonly byte _delimiter;
    private readonly SearchValues<byte> _special;

    public CsvRowWriter(CsvWriteOptions options)
    {
        if (!char.IsAscii(options.Delimiter) || options.Delimiter is '"' or '\r' or '\n' or '\0')
        {
            throw new ArgumentException($"'{options.Delimiter}' cannot stand between cells: give an ASCII character that is no quote and ends no line.", nameof(options));
        }

        _options = options;
        _delimiter = (byte)options.Delimiter;
        _special = SearchValues.Create([_delimiter, (byte)'"', (byte)'\r', (byte)'\n']);
    }

    protected override void Begin(Utf8Output output, string[] names)
    {
        if (_options.ByteOrderMark)
        {
            output.Add([0xEF, 0xBB, 0xBF]);
        }

        for (var i = 0; i < names.Length && _options.Header; i++)
        {
            AddText(output, Encoding.UTF8.GetBytes(names[i]));
            output.Add(i == names.Length - 1 ? (byte)'\n' : _delimiter);
        }
    }

    protected override void Add(Utf8Output output, WrittenColumn[] columns, int row)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (i > 0)
            {
                output.Add(_delimiter);
            }

            if (columns[i].IsMissing(row))
            {
                continue;
            }

            // A delimiter may stand in any cell: a point in a number, a colon in a time.
            AddText(output, columns[i][row]);
        }

        output.Add((byte)'\n');
    }

    private void AddText(Utf8Output output, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text.IndexOfAny(_special) < 0)
        {
            output.Add(text);
            return;
        }

        output.Add((byte)'"');
        for (var at = text.IndexOf((byte)'"'); at >= 0; at = text.IndexOf((byte)'"'))
        {
            output.Add(text[..(at + 1)]);
            output.Add((byte)'"');
            text = text[(at + 1)..];
        }

        output.Add(text);
        output.Add((byte)'"');
    }
}
