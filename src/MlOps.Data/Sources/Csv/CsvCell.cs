namespace MlOps.Data.Sources.Csv;

/// <summary>Where a cell's text stands: among the bytes, or among the texts whose doubled quotes were made single ones.</summary>
internal readonly struct CsvCell
{
    private readonly int _start;

    private CsvCell(int start, int length, bool isNothing)
    {
        (_start, Length, IsNothing) = (start, length, isNothing);
    }

    public int Length { get; }

    /// <summary>Empty and without quotes.</summary>
    public bool IsNothing { get; }

    /// <summary>Whether doubled quotes stood in the text.</summary>
    public bool IsUnescaped => _start < 0;

    /// <summary>The cell's text among the bytes.</summary>
    public static CsvCell At(int start, int length) => new(start, length, false);

    /// <summary>The cell's text among the unescaped texts.</summary>
    public static CsvCell Unescaped(int start, int length) => new(~start, length, false);

    public static CsvCell Empty(bool isNothing) => new(0, 0, isNothing);

    /// <summary>Whether quotes stand around the text.</summary>
    public bool IsQuoted(ReadOnlySpan<byte> bytes, byte quote) => IsUnescaped || (Length == 0 ? !IsNothing : _start > 0 && bytes[_start - 1] == quote);

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> unescaped) => _start < 0 ? unescaped.Slice(~_start, Length) : bytes.Slice(_start, Length);
}
