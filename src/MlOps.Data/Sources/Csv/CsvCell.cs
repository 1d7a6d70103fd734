namespace MlOps.Data.Sources.Csv;

/// <summary>Where a cell's text stands among the bytes, without its quotes.</summary>
internal readonly struct CsvCell
{
    private readonly int _lengthAndQuotes;

    public CsvCell(int start, int length, bool isQuoted, bool hasQuotes)
    {
        Start = start;
        _lengthAndQuotes = (length << 2) | (isQuoted ? 1 : 0) | (hasQuotes ? 2 : 0);
    }

    public int Start { get; }

    public int Length => _lengthAndQuotes >> 2;

    public bool IsQuoted => (_lengthAndQuotes & 1) != 0;

    /// <summary>Whether doubled quotes stand in the text.</summary>
    public bool HasQuotes => (_lengthAndQuotes & 2) != 0;

    /// <summary>Empty and without quotes.</summary>
    public bool IsNothing => _lengthAndQuotes == 0;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> bytes) => bytes.Slice(Start, Length);
}
