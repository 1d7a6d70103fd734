using System.Text;

namespace MlOps.Data.Sources.Text;

/// <summary>How a file writes its numbers, times and missing values.</summary>
internal sealed class CellRules
{
    private readonly byte[][] _missing;

    public CellRules(byte decimalSeparator, byte thousands, IReadOnlyList<string> timeFormats, IReadOnlyList<string> missingValues)
    {
        (Decimal, Thousands, TimeFormats) = (decimalSeparator, thousands, timeFormats);
        _missing = [.. missingValues.Select(Encoding.UTF8.GetBytes)];
    }

    public byte Decimal { get; }

    public byte Thousands { get; }

    public IReadOnlyList<string> TimeFormats { get; }

    /// <summary>Whether the text stands for "no value"; the empty one does everywhere but between quotes in a column of text.</summary>
    public bool IsMissing(ReadOnlySpan<byte> text)
    {
        foreach (var missing in _missing)
        {
            if (text.SequenceEqual(missing))
            {
                return true;
            }
        }

        return false;
    }
}
