using System.Globalization;

namespace MlOps.Features;

/// <summary>A value of a feature: a number, a text, a truth value, an instant, or missing; a value type without boxing.</summary>
/// <remarks>A NaN number is missing. Two values are equal when kind and content are.</remarks>
public readonly record struct FeatureValue
{
    private readonly double _number;
    private readonly long _ticks;
    private readonly string? _text;

    private FeatureValue(FeatureValueKind kind, double number = 0, string? text = null, long ticks = 0)
    {
        Kind = kind;
        _number = number;
        _text = text;
        _ticks = ticks;
    }

    /// <summary>The value that is not known.</summary>
    public static FeatureValue Missing => default;

    /// <summary>What it holds.</summary>
    public FeatureValueKind Kind { get; }

    /// <summary>Whether nothing is known.</summary>
    public bool IsMissing => Kind == FeatureValueKind.Missing;

    /// <summary>A number; NaN becomes missing.</summary>
    public static FeatureValue Of(double value) => double.IsNaN(value) ? default : new(FeatureValueKind.Number, value);

    /// <summary>A text; null becomes missing.</summary>
    public static FeatureValue Of(string? value) => value is null ? default : new(FeatureValueKind.Text, text: value);

    /// <summary>A truth value.</summary>
    public static FeatureValue Of(bool value) => new(FeatureValueKind.Boolean, value ? 1 : 0);

    /// <summary>An instant, kept in UTC.</summary>
    public static FeatureValue Of(DateTimeOffset value) => new(FeatureValueKind.Time, ticks: value.UtcTicks);

    /// <summary>A number.</summary>
    public static implicit operator FeatureValue(double value) => Of(value);

    /// <summary>A text.</summary>
    public static implicit operator FeatureValue(string? value) => Of(value);

    /// <summary>A truth value.</summary>
    public static implicit operator FeatureValue(bool value) => Of(value);

    /// <summary>An instant.</summary>
    public static implicit operator FeatureValue(DateTimeOffset value) => Of(value);

    /// <summary>The number, 0 or 1 for a truth value, NaN when missing or not a number.</summary>
    public double AsNumber() => Kind is FeatureValueKind.Number or FeatureValueKind.Boolean ? _number : double.NaN;

    /// <summary>The text, or the value formatted invariantly; null when missing.</summary>
    public string? AsText() => Kind switch
    {
        FeatureValueKind.Missing => null,
        FeatureValueKind.Text => _text,
        FeatureValueKind.Number => _number.ToString(CultureInfo.InvariantCulture),
        FeatureValueKind.Boolean => _number != 0 ? "true" : "false",
        _ => AsTime().ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>The truth value; a number is true when it is not zero, all else is false.</summary>
    public bool AsBoolean() => AsNumber() is not (0 or double.NaN);

    /// <summary>The instant in UTC.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public DateTimeOffset AsTime() => Kind == FeatureValueKind.Time
        ? new DateTimeOffset(_ticks, TimeSpan.Zero)
        : throw new InvalidOperationException($"The value is {Kind}, not an instant.");

    /// <inheritdoc/>
    public override string ToString() => AsText() ?? "missing";
}
