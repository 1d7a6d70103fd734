using System;

namespace MlOps.Data.Generators;

/// <summary>Limits of numbers. A whole number is compared as one, as a data set does: beyond 2^53 a double is not exact.</summary>
internal static class LimitRules
{
    // The first double beyond every long.
    private const double BeyondLong = 9223372036854775808d;

    /// <summary><c>[AtLeast(0)]</c> and the like.</summary>
    public static RuleResult Of(RowColumn column, string sign, double limit)
    {
        if (column.Type.Kind is not (CellKind.Number or CellKind.Whole))
        {
            return RuleResult.For("numbers");
        }

        if (double.IsNaN(limit) || double.IsInfinity(limit))
        {
            return RuleResult.Wrong("the limit is not finite");
        }

        return IsPossible(column, sign, limit) ? RuleResult.Of(Side(column, sign, limit)) : RuleResult.Wrong($"no whole number is {Words(sign)} {CodeText.Words(limit)}");
    }

    /// <summary>A limit on one side.</summary>
    public static RuleCode Side(RowColumn column, string sign, double limit) => new($"{Words(sign)} {CodeText.Words(limit)}")
    {
        OnColumn = $"{Method(sign)}({CodeText.Literal(limit)})",
        IsRight = Condition(column, sign, limit),
    };

    /// <summary>Limits on both sides, both inclusive.</summary>
    public static RuleCode Both(RowColumn column, double min, double max) => new($"in range [{CodeText.Words(min)}, {CodeText.Words(max)}]")
    {
        OnColumn = $"InRange({CodeText.Literal(min)}, {CodeText.Literal(max)})",
        IsRight = $"{Condition(column, ">=", min)} && {Condition(column, "<=", max)}",
    };

    /// <summary>Whether a value of the column's type can keep to a limit.</summary>
    public static bool IsPossible(RowColumn column, string sign, double limit) =>
        column.Type.Kind != CellKind.Whole || (sign[0] == '>' ? Least(limit, sign == ">") : Most(limit, sign == "<")) is not null;

    /// <summary>The least long that a limit from below lets pass; null for none.</summary>
    public static long? Least(double limit, bool isExcluded)
    {
        var whole = isExcluded ? Math.Floor(limit) : Math.Ceiling(limit);
        return whole >= BeyondLong ? null : whole < -BeyondLong ? long.MinValue : isExcluded ? (long)whole + 1 : (long)whole;
    }

    /// <summary>The greatest long that a limit from above lets pass; null for none.</summary>
    public static long? Most(double limit, bool isExcluded)
    {
        var whole = isExcluded ? Math.Ceiling(limit) : Math.Floor(limit);
        return whole < -BeyondLong || (isExcluded && whole == -BeyondLong) ? null
            : whole >= BeyondLong ? long.MaxValue
            : isExcluded ? (long)whole - 1 : (long)whole;
    }

    private static string Condition(RowColumn column, string sign, double limit) => column.Type.Kind != CellKind.Whole
        ? $"{column.Value} {sign} {CodeText.Literal(column.Type.Beside(limit))}"
        : sign[0] == '>'
            ? $"{column.Value} >= {CodeText.Literal(Least(limit, sign == ">") ?? long.MaxValue)}"
            : $"{column.Value} <= {CodeText.Literal(Most(limit, sign == "<") ?? long.MinValue)}";

    private static string Words(string sign) => sign switch
    {
        ">=" => "≥",
        "<=" => "≤",
        _ => sign,
    };

    private static string Method(string sign) => sign switch
    {
        ">" => "GreaterThan",
        ">=" => "AtLeast",
        "<" => "LessThan",
        _ => "AtMost",
    };
}
