using System.Globalization;
using System.Text;

namespace MlOps.Data.Profiles;

/// <summary>
/// The pattern of a text: A for an upper-case letter, a for any other letter, 9 for a digit, and everything else as it is.
/// </summary>
internal static class TextShape
{
    /// <summary>The most code units of a shape; a longer text's ends in … there.</summary>
    public const int Longest = 32;

    /// <summary>Writes the shape in UTF-8 and gives its length and the text's in UTF-16 code units.</summary>
    /// <param name="text">UTF-8; bytes that are none count as U+FFFD.</param>
    /// <param name="shape">Room for 4 × (<see cref="Longest"/> + 1) bytes.</param>
    public static (int ShapeLength, int TextLength) Write(ReadOnlySpan<byte> text, Span<byte> shape)
    {
        int written = 0, units = 0, characters = 0;
        while (!text.IsEmpty)
        {
            if (characters == Longest)
            {
                "…"u8.CopyTo(shape[written..]);
                return (written + 3, units + Encoding.UTF8.GetCharCount(text));
            }

            var first = text[0];
            if (first < 0x80)
            {
                shape[written++] = first switch
                {
                    >= (byte)'A' and <= (byte)'Z' => (byte)'A',
                    >= (byte)'a' and <= (byte)'z' => (byte)'a',
                    >= (byte)'0' and <= (byte)'9' => (byte)'9',
                    _ => first,
                };
                units++;
                text = text[1..];
            }
            else
            {
                Rune.DecodeFromUtf8(text, out var rune, out var consumed);
                written += Shaped(rune).EncodeToUtf8(shape[written..]);
                units += rune.Utf16SequenceLength;
                text = text[consumed..];
            }

            characters++;
        }

        return (written, units);
    }

    private static Rune Shaped(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => new Rune('A'),
        UnicodeCategory.LowercaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => new Rune('a'),
        UnicodeCategory.DecimalDigitNumber => new Rune('9'),
        _ => rune,
    };
}
