namespace MlOps.Data.Sources.Text;

/// <summary>What is wrong at one place of a chunk.</summary>
/// <param name="Row">The row, counted from 0 at the chunk's first.</param>
/// <param name="Position">The byte in the chunk.</param>
/// <param name="Column">The column's name, if one is to blame.</param>
/// <param name="Message">What is wrong and what to do, a sentence or more.</param>
internal sealed record TextFault(long Row, int Position, string? Column, string Message)
{
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

    public static string Shortened(ReadOnlySpan<byte> utf8)
    {
        const int Longest = 80;
        var text = System.Text.Encoding.UTF8.GetString(utf8.Length <= Longest ? utf8 : utf8[..(Longest - 3)]);
        return (utf8.Length <= Longest ? text : text + "...").Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }
}
