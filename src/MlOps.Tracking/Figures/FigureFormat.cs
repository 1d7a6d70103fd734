using System.Text;
using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>Checks that a figure is what its name says, so that whoever opens it later sees a picture.</summary>
internal static class FigureFormat
{
    // An XML declaration, a document type and a comment may stand before the first element.
    private const int HeadLength = 4096;

    /// <summary>Checks a figure.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.InvalidName"/>: the name has no ending of a figure; <see cref="ErrorCodes.FileCorrupt"/>: the content is
    /// another.
    /// </exception>
    public static void Check(string path, ReadOnlySpan<byte> content)
    {
        var extension = Path.GetExtension(StoredFile.CheckPath(path)).ToLowerInvariant();
        var matches = extension switch
        {
            ".png" => content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]),
            ".jpg" or ".jpeg" => content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
            ".gif" => content.StartsWith("GIF8"u8),
            ".webp" => content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8),
            ".pdf" => content.StartsWith("%PDF-"u8),
            ".svg" => FirstElement(content).StartsWith("svg", StringComparison.Ordinal),
            ".html" or ".htm" => FirstElement(content).Length > 0,
            _ => throw new MlOpsException(
                ErrorCodes.InvalidName,
                $"'{path}' does not end like a figure (.svg, .html, .png, .jpg, .gif, .webp, .pdf): store other files with LogArtifactAsync."),
        };
        if (!matches)
        {
            throw new MlOpsException(
                ErrorCodes.FileCorrupt,
                $"The content of the figure '{path}' ({content.Length} bytes) is not what '{extension}' says; nothing was stored.");
        }
    }

    /// <summary>The text from the name of the first element on; empty where there is none.</summary>
    private static string FirstElement(ReadOnlySpan<byte> content)
    {
        var text = Encoding.UTF8.GetString(content[..Math.Min(content.Length, HeadLength)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        while (text.StartsWith("<?", StringComparison.Ordinal) || text.StartsWith("<!", StringComparison.Ordinal))
        {
            var end = text.StartsWith("<!--", StringComparison.Ordinal) ? "-->" : ">";
            var at = text.IndexOf(end, StringComparison.Ordinal);
            text = at < 0 ? "" : text[(at + end.Length)..].TrimStart();
        }

        return text.Length > 1 && text[0] == '<' && char.IsAsciiLetter(text[1]) ? text[1..] : "";
    }
}
