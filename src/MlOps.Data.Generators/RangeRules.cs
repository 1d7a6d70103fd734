using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MlOps.Data.Generators;

/// <summary><c>[Range]</c> on numbers and times.</summary>
internal static class RangeRules
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static RuleResult Of(RowColumn column, AttributeData attribute)
    {
        var arguments = attribute.ConstructorArguments;
        var (first, last) = (arguments[arguments.Length - 2].Value, arguments[arguments.Length - 1].Value);
        var isOpenBelow = Flag(attribute, "MinimumIsExclusive");
        var isOpenAbove = Flag(attribute, "MaximumIsExclusive");
        return column.Type.Kind switch
        {
            CellKind.Time => Times(column, first as string, last as string, isOpenBelow, isOpenAbove),
            CellKind.Number or CellKind.Whole when Limit(first) is { } min && Limit(last) is { } max => Numbers(column, min, max, isOpenBelow, isOpenAbove),
            CellKind.Number or CellKind.Whole => RuleResult.Wrong("a limit is no number"),
            _ => RuleResult.For("numbers and times"),
        };
    }

    private static RuleResult Numbers(RowColumn column, double min, double max, bool isOpenBelow, bool isOpenAbove)
    {
        if (double.IsNaN(min) || double.IsNaN(max) || min > max || (min == max && (isOpenBelow || isOpenAbove)))
        {
            return RuleResult.Wrong($"no number lies in the range from {CodeText.Words(min)} to {CodeText.Words(max)}");
        }

        if (column.Type.Kind == CellKind.Whole)
        {
            return Wholes(column, isOpenBelow ? Math.Floor(min) + 1 : Math.Ceiling(min), isOpenAbove ? Math.Ceiling(max) - 1 : Math.Floor(max));
        }

        var (low, high) = (CodeText.Literal(min), CodeText.Literal(max));
        if (!isOpenBelow && !isOpenAbove)
        {
            return RuleResult.Of(new RuleCode($"in range [{CodeText.Words(min)}, {CodeText.Words(max)}]")
            {
                OnColumn = $"InRange({low}, {high})",
                IsRight = $"{column.Value} >= {low} && {column.Value} <= {high}",
            });
        }

        var (above, below) = (isOpenBelow ? ">" : ">=", isOpenAbove ? "<" : "<=");
        var number = $"row.Number({CodeText.Literal(column.Name)})";
        return RuleResult.Of(new RuleCode($"in range {(isOpenBelow ? "(" : "[")}{CodeText.Words(min)}, {CodeText.Words(max)}{(isOpenAbove ? ")" : "]")}")
        {
            OnDatasetRow = $"{number} {above} {low} && {number} {below} {high}",
            IsRight = $"{column.Value} {above} {low} && {column.Value} {below} {high}",
        });
    }

    private static RuleResult Wholes(RowColumn column, double min, double max)
    {
        if (min > max)
        {
            return RuleResult.Wrong($"no whole number lies in the range from {CodeText.Words(min)} to {CodeText.Words(max)}");
        }

        // Limits beyond a long are no limits; between, every double that is whole is a long.
        var low = min >= long.MinValue ? min >= 9.3e18 ? long.MaxValue : (long)min : long.MinValue;
        var high = max >= 9.2233720368547748e18 ? long.MaxValue : max < long.MinValue ? long.MinValue : (long)max;
        return RuleResult.Of(new RuleCode($"in range [{CodeText.Words(min)}, {CodeText.Words(max)}]")
        {
            OnColumn = $"InRange({CodeText.Literal(min)}, {CodeText.Literal(max)})",
            IsRight = $"{column.Value} >= {CodeText.Literal(low)} && {column.Value} <= {CodeText.Literal(high)}",
        });
    }

    private static RuleResult Times(RowColumn column, string? first, string? last, bool isOpenBelow, bool isOpenAbove)
    {
        if (!DateTime.TryParse(first, CultureInfo.InvariantCulture, Utc, out var min) || !DateTime.TryParse(last, CultureInfo.InvariantCulture, Utc, out var max))
        {
            return RuleResult.Wrong("a limit is no time such as 2026-01-31 or 2026-01-31T12:30:00Z: write [Range(typeof(DateTime), \"2026-01-01\", \"2026-12-31\")]");
        }

        if (isOpenBelow || isOpenAbove)
        {
            return RuleResult.Wrong("the limits of a span of time are inclusive");
        }

        if (min > max)
        {
            return RuleResult.Wrong("the span of time is empty: give the earlier limit first");
        }

        return RuleResult.Of(new RuleCode($"in range [{Words(min)}, {Words(max)}]")
        {
            OnColumn = $"InRange({Literal(min)}, {Literal(max)})",
            IsRight = $"{column.Value} >= {CodeText.Literal(min.Ticks)} && {column.Value} <= {CodeText.Literal(max.Ticks)}",
        });
    }

    private static string Words(DateTime time) => time.ToString(
        time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Literal(DateTime time) => $"new global::System.DateTimeOffset({CodeText.Literal(time.Ticks)}, global::System.TimeSpan.Zero)";

    private static double? Limit(object? limit) => limit switch
    {
        int number => number,
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static bool Flag(AttributeData attribute, string name) => attribute.NamedArguments.Any(argument => argument.Key == name && argument.Value.Value is true);
}
