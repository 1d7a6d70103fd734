using System.Globalization;
using System.Text.RegularExpressions;
using MlOps.Data.Expressions;

namespace MlOps.Data.Tests.Expressions;

/// <summary>What an expression means of one row, said as plainly as can be: null is missing.</summary>
internal sealed class ExpressionOracle(Func<string, object?> cell)
{
    public bool? Judge(ExpressionSyntax syntax) => (bool?)Of(syntax);

    private object? Of(ExpressionSyntax syntax) => syntax switch
    {
        ColumnSyntax column => cell(column.Name) is double.NaN ? null : cell(column.Name),
        NumberSyntax { Whole: { } whole } => whole,
        NumberSyntax number => number.Value,
        TextSyntax text => text.Value,
        TruthSyntax truth => truth.Value,
        NullSyntax => null,
        NegateSyntax negate => Number(negate.Operand) is { } number ? -number : null,
        ArithmeticSyntax sum => Fold(sum),
        NotSyntax not => Judge(not.Operand) is { } truth ? !truth : null,
        LogicSyntax { IsAnd: true } and => and.Operands.Any(part => Judge(part) == false) ? false : and.Operands.Any(part => Judge(part) is null) ? null : true,
        LogicSyntax or => or.Operands.Any(part => Judge(part) == true) ? true : or.Operands.Any(part => Judge(part) is null) ? null : false,
        ComparisonSyntax comparison => Compare(Of(comparison.Left), comparison.Comparison, Of(comparison.Right)),
        BetweenSyntax between => Both(
            Compare(Of(between.Operand), Comparison.AtLeast, Of(between.Low)), Compare(Of(between.Operand), Comparison.AtMost, Of(between.High))),
        InSyntax membership => membership.Values.Select(value => Compare(Of(membership.Operand), Comparison.Equal, Of(value))).ToArray() is var found
            && found.Contains(true) ? true : found.Contains(null) ? null : false,
        IsNullSyntax missing => Of(missing.Operand) is null,
        PatternSyntax pattern => Of(pattern.Operand) is string text ? Matches(text, pattern) : null,
        CallSyntax call => Call(call),
        _ => throw new InvalidOperationException(syntax.ToString()),
    };

    private static bool? Both(bool? left, bool? right) => left == false || right == false ? false : left is null || right is null ? null : true;

    private double? Number(ExpressionSyntax syntax) => Of(syntax) switch
    {
        null => null,
        long whole => whole,
        bool truth => truth ? 1 : 0,
        var value => (double)value,
    };

    private double? Fold(ArithmeticSyntax sum)
    {
        var result = Number(sum.Operands[0]);
        for (var i = 0; i < sum.Operators.Count; i++)
        {
            var (left, right) = (result, Number(sum.Operands[i + 1]));
            result = sum.Operators[i] switch
            {
                '+' => left + right,
                '-' => left - right,
                '*' => left * right,
                '/' => left / right,
                _ => left % right,
            };
        }

        return result is double.NaN ? null : result;
    }

    private static bool Matches(string text, PatternSyntax pattern) => Regex.IsMatch(
        text,
        pattern.IsRegex ? pattern.Pattern : "^" + Regex.Escape(pattern.Pattern).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal) + @"\z",
        RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private object? Call(CallSyntax call)
    {
        var first = call.Function is "abs" or "round" ? Number(call.Arguments[0]) : Of(call.Arguments[0]);
        return (call.Function, first) switch
        {
            (_, null) => null,
            ("abs", double number) => Math.Abs(number),
            ("round", double number) => Math.Round(number, call.Arguments.Count == 1 ? 0 : (int)((NumberSyntax)call.Arguments[1]).Value, MidpointRounding.AwayFromZero),
            ("length", string text) => (double)text.Length,
            ("lower", string text) => text.ToLowerInvariant(),
            ("upper", string text) => text.ToUpperInvariant(),
            ("trim", string text) => text.Trim(),
            _ => throw new InvalidOperationException(call.Function),
        };
    }

    private static bool? Compare(object? left, Comparison comparison, object? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        var order = (left, right) switch
        {
            (long a, long b) => a.CompareTo(b),
            (string a, string b) => string.CompareOrdinal(a, b),
            (bool a, bool b) => a.CompareTo(b),
            (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
            (DateTimeOffset a, string b) => a.CompareTo(DateTimeOffset.Parse(b, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
            (string a, DateTimeOffset b) => DateTimeOffset.Parse(a, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).CompareTo(b),
            _ => Convert.ToDouble(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(right, CultureInfo.InvariantCulture)),
        };
        return comparison switch
        {
            Comparison.Less => order < 0,
            Comparison.AtMost => order <= 0,
            Comparison.Equal => order == 0,
            Comparison.NotEqual => order != 0,
            Comparison.AtLeast => order >= 0,
            _ => order > 0,
        };
    }
}
