using System.Text;

namespace MlOps.Data.Sources.Csv;

/// <summary>Gives bytes to a reader of characters, each byte as one character, after a row that belongs to no file.</summary>
/// <remarks>
/// What structures a CSV file is ASCII and stands in UTF-8 for nothing else, so that the reader finds the same cells as in the decoded text,
/// every place among the characters is one among the bytes, and bytes that are not UTF-8 come through.
/// </remarks>
internal sealed class CsvText : TextReader
{
    private readonly string _first;
    private readonly ReadOnlyMemory<byte> _bytes;
    private int _position;

    public CsvText(string first, ReadOnlyMemory<byte> bytes)
    {
        (_first, _bytes) = (first, bytes);
    }

    public override int Read(char[] buffer, int index, int count)
    {
        if (_position < _first.Length)
        {
            count = Math.Min(count, _first.Length - _position);
            _first.CopyTo(_position, buffer, index, count);
        }
        else
        {
            var rest = _bytes.Span[(_position - _first.Length)..];
            count = Math.Min(count, rest.Length);
            Encoding.Latin1.GetChars(rest[..count], buffer.AsSpan(index, count));
        }

        _position += count;
        return count;
    }
}
