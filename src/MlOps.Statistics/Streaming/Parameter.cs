using System.Runtime.CompilerServices;

namespace MlOps.Statistics;

/// <summary>Checks of parameters, each of which also refuses NaN.</summary>
internal static class Parameter
{
    /// <summary>Between 0 and 1, both excluded.</summary>
    public static double Level(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is > 0 and < 1 ? value : throw Refusal(value, name, "between 0 and 1");

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > 0 && double.IsFinite(value) ? value : throw Refusal(value, name, "a finite number above 0");

    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && double.IsFinite(value) ? value : throw Refusal(value, name, "a finite number, 0 or more");

    public static int AtLeast(int minimum, int value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= minimum ? value : throw Refusal(value, name, $"{minimum} or more");

    public static int Within(int minimum, int maximum, int value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= minimum && value <= maximum ? value : throw Refusal(value, name, $"from {minimum} to {maximum}");

    public static ShiftDirection Direction(ShiftDirection value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= ShiftDirection.Both and <= ShiftDirection.Down ? value : throw Refusal(value, name, "Both, Up or Down");

    private static ArgumentOutOfRangeException Refusal(object value, string? name, string range) =>
        new(name, value, $"This must be {range}.");
}
