using System.Text;

namespace MlOps.Data.Sources.Text;

/// <summary>What is wrong at one place of a chunk.</summary>
/// <param name="Row">The row, counted from 0 at the chunk's first.</param>
/// <param name="Position">The byte in the chunk.</param>
/// <param name="Column">The column's name, if one is to blame.</param>
/// <param name="Message">What is wrong and what to do, a sentence or more.</param>
internal sealed record TextFault(long Row, int Position, string? Column, string Message)
{
    private const int Shown = 4;

    /// <summary>The error with the place in the file.</summary>
    /// <param name="where">The file.</param>
    /// <param name="chunk">Where the fault lies.</param>
    /// <param name="firstRow">How many rows stand before the chunk.</param>
    public MlOpsException ToException(string where, TextChunk chunk, long firstRow)
    {
        var line = chunk.Line + TextChunk.CountLines(chunk.Bytes[..Position]);
        var column = Column is null ? "" : $", column '{Column}'";
        return new MlOpsException(ErrorCodes.FileCorrupt, $"'{where}', row {firstRow + Row + 1} (line {line}, byte {chunk.Offset + Position}){column}: {Message}");
    }

    /// <summary>The first four characters of a cell: enough to recognise it by, and little of a person's data for a log.</summary>
    public static string Shortened(ReadOnlySpan<byte> utf8)
    {
        var end = 0;
        for (var i = 0; i < Shown && end < utf8.Length; i++)
        {
            _ = Rune.DecodeFromUtf8(utf8[end..], out _, out var length);
            end += length;
        }

        var text = Encoding.UTF8.GetString(utf8[..end]) + (end < utf8.Length ? "…" : "");
        return text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }
}
