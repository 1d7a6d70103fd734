using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Data.Writing;

/// <summary>Writes a JSON object a line.</summary>
internal sealed class JsonRowWriter : RowWriter
{
    private byte[][] _names = [];

    protected override void Begin(Utf8Output output, string[] names) =>
        _names = [.. names.Select((name, i) => (byte[])[(byte)(i == 0 ? '{' : ','), (byte)'"', .. JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"', (byte)':'])];

    protected override void Add(Utf8Output output, WrittenColumn[] columns, int row)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            output.Add(_names[i]);
            var column = columns[i];
            var cell = column.IsMissing(row) ? "null"u8 : column[row];
            if (column.IsMissing(row) || (column.IsBare && IsJson(cell)))
            {
                output.Add(cell);
                continue;
            }

            output.Add((byte)'"');
            AddText(output, cell);
            output.Add((byte)'"');
        }

        output.Add("}\n"u8);
    }

    // NaN and the infinities are no JSON numbers.
    private static bool IsJson(ReadOnlySpan<byte> bare) => bare is not [(byte)'N', ..] and not [(byte)'I', ..] and not [(byte)'-', (byte)'I', ..];

    private static void AddText(Utf8Output output, ReadOnlySpan<byte> text)
    {
        while (JavaScriptEncoder.UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncodeUtf8(text) is >= 0 and var first)
        {
            output.Add(text[..first]);
            text = text[first..];

            // A character becomes twelve bytes at the most: two escapes of six.
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(text, output.Reserve(text.Length * 6 + 12), out var consumed, out var written);
            output.Advance(written);
            text = text[consumed..];
            if (consumed == 0)
            {
                break;
            }
        }

        output.Add(text);
    }
}
