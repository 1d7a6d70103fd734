using System;
using System.Collections.Generic;
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
        var (above, below) = (isOpenBelow ? ">" : ">=", isOpenAbove ? "<" : "<=");
        if (double.IsNaN(min) || double.IsNaN(max) || min > max || (min == max && (isOpenBelow || isOpenAbove)))
        {
            return RuleResult.Wrong($"no number lies in the range from {CodeText.Words(min)} to {CodeText.Words(max)}");
        }

        if (column.Type.Kind == CellKind.Whole && !(LimitRules.Least(min, isOpenBelow) <= LimitRules.Most(max, isOpenAbove)))
        {
            return RuleResult.Wrong($"no whole number lies in the range from {CodeText.Words(min)} to {CodeText.Words(max)}");
        }

        if ((double.IsInfinity(min) && isOpenBelow) || (double.IsInfinity(max) && isOpenAbove))
        {
            return RuleResult.Wrong("an infinite limit cannot be exclusive: say with [Finite] that the number is not infinite");
        }

        if (double.IsInfinity(min) && double.IsInfinity(max))
        {
            return RuleResult.Wrong("no limit is finite");
        }

        // Checks have both limits inclusive or one of either kind: then one check each.
        if (!isOpenBelow && !isOpenAbove && !double.IsInfinity(min) && !double.IsInfinity(max))
        {
            return RuleResult.Of(LimitRules.Both(column, min, max));
        }

        List<RuleCode> sides = [];
        if (!double.IsInfinity(min))
        {
            sides.Add(LimitRules.Side(column, above, min));
        }

        if (!double.IsInfinity(max))
        {
            sides.Add(LimitRules.Side(column, below, max));
        }

        return RuleResult.Of([.. sides]);
    }

    private static RuleResult Times(RowColumn column, string? first, string? last, bool isOpenBelow, bool isOpenAbove)
    {
        if (!DateTime.TryParse(first, CultureInfo.InvariantCulture, Utc, out var min) || !DateTime.TryParse(last, CultureInfo.InvariantCulture, Utc, out var max))
        {
            return RuleResult.Wrong("a limit is no time such as 2026-01-31 or 2026-01-31T12:30:00Z: write [TimeRange(\"2026-01-01\", \"2026-12-31\")]");
        }

        if (isOpenBelow || isOpenAbove)
        {
            return RuleResult.Wrong("the limits of a span of time are inclusive");
        }

        if (min > max)
        {
            return RuleResult.Wrong("the span of time is empty: give the earlier limit first");
        }

        if (min == DateTime.MinValue && max == DateTime.MaxValue)
        {
            return RuleResult.Wrong("it has no limit");
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
