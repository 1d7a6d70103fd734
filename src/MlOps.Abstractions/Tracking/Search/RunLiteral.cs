using System.Globalization;

namespace MlOps.Tracking;

/// <summary>What a field is compared with: a text or a finite number.</summary>
public readonly record struct RunLiteral
{
    /// <summary>A text.</summary>
    public RunLiteral(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
    }

    /// <summary>A finite number.</summary>
    public RunLiteral(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "A filter compares with finite numbers.");
        }

        Number = number;
    }

    /// <summary>The text; null of a number.</summary>
    public string? Text { get; }

    /// <summary>The number; 0 of a text.</summary>
    public double Number { get; }

    /// <summary>As the grammar writes it.</summary>
    public override string ToString() => Text is null
        ? Number.ToString("R", CultureInfo.InvariantCulture)
        : $"'{Text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A text.</summary>
    public static implicit operator RunLiteral(string text) => new(text);

    /// <summary>A finite number.</summary>
    public static implicit operator RunLiteral(double number) => new(number);
}
