using System.Text;

namespace MlOps.Tracking;

/// <summary>What a run is sorted by: a text, an integer or a number.</summary>
/// <remarks>NaN comes after every number, and what is missing last, in either direction.</remarks>
public readonly record struct RunSortValue
{
    private RunSortValue(int rank, string? text, long integer, double number)
    {
        Rank = rank;
        Text = text;
        Integer = integer;
        Number = number;
    }

    /// <summary>What the run does not have.</summary>
    public static RunSortValue Missing { get; } = new(2, null, 0, 0);

    /// <summary>A metric that is not a number.</summary>
    public static RunSortValue NaN { get; } = new(1, null, 0, 0);

    /// <summary>0 of a value, 1 of NaN, 2 of what is missing.</summary>
    public int Rank { get; }

    /// <summary>The text; null of the other kinds.</summary>
    public string? Text { get; }

    /// <summary>The integer; 0 of the other kinds.</summary>
    public long Integer { get; }

    /// <summary>The number; 0 of the other kinds.</summary>
    public double Number { get; }

    /// <summary>A text, or what is missing.</summary>
    public static RunSortValue OfText(string? text) => text is null ? Missing : new(0, text, 0, 0);

    /// <summary>An integer, or what is missing.</summary>
    public static RunSortValue OfInteger(long? integer) => integer is { } value ? new(0, null, value, 0) : Missing;

    /// <summary>A number or NaN.</summary>
    public static RunSortValue OfNumber(double number) => double.IsNaN(number) ? NaN : new(0, null, 0, number);

    /// <summary>Compares two values of one key, texts by code points.</summary>
    public static int Compare(RunSortValue left, RunSortValue right, bool descending)
    {
        if (left.Rank != right.Rank)
        {
            return left.Rank.CompareTo(right.Rank);
        }

        var order = left.Text is { } text && right.Text is { } other
            ? Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other))
            : left.Integer != right.Integer ? left.Integer.CompareTo(right.Integer) : left.Number.CompareTo(right.Number);
        return descending ? -order : order;
    }
}
