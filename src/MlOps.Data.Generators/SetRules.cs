using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MlOps.Data.Generators;

/// <summary><c>[AllowedValues]</c> and <c>[DeniedValues]</c>.</summary>
internal static class SetRules
{
    public static RuleResult Of(RowColumn column, AttributeData attribute, bool isAllowed)
    {
        if (column.Type.Kind is not (CellKind.Text or CellKind.Number or CellKind.Whole))
        {
            return RuleResult.For("text and numbers");
        }

        // A null in the list is passed over: whether a value may be missing is for the type to say.
        var values = attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Array, IsNull: false } list
            ? list.Values.Where(value => !value.IsNull).Select(value => value.Value!).ToArray()
            : [];
        if (values.Length == 0)
        {
            return RuleResult.Wrong("it names no value");
        }

        return column.Type.Kind == CellKind.Text ? Texts(column, values, isAllowed) : Numbers(column, values, isAllowed);
    }

    private static RuleResult Texts(RowColumn column, object[] values, bool isAllowed)
    {
        if (values.Any(value => value is not string))
        {
            return RuleResult.Wrong("a value is no text");
        }

        var texts = values.Cast<string>().Distinct(StringComparer.Ordinal).ToArray();
        var literals = texts.Select(CodeText.Literal).ToArray();
        var condition = string.Join(" or ", literals);
        return RuleResult.Of(isAllowed
            ? new RuleCode("in " + CodeText.Words(texts)) { OnColumn = $"In({string.Join(", ", literals)})", IsRight = $"{column.Value} is {condition}" }
            : new RuleCode("not in " + CodeText.Words(texts)) { OnColumn = $"NotIn({string.Join(", ", literals)})", IsRight = $"{column.Value} is not ({condition})" });
    }

    private static RuleResult Numbers(RowColumn column, object[] values, bool isAllowed)
    {
        if (values.Any(value => value is not (double or float or long or int or short or byte or sbyte or ushort or uint)))
        {
            return RuleResult.Wrong("a value is no number");
        }

        var numbers = values.Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture)).Distinct().ToArray();
        if (numbers.Any(number => double.IsNaN(number) || double.IsInfinity(number)))
        {
            return RuleResult.Wrong("a value is not finite");
        }

        // Data sets compare as doubles: a whole number from 2^53 on is equal to its neighbour there.
        var isWhole = column.Type.Kind == CellKind.Whole;
        if (isWhole && numbers.Any(number => Math.Floor(number) != number || Math.Abs(number) >= 1L << 53))
        {
            return RuleResult.Wrong("a value is no whole number below 2^53");
        }

        var literals = numbers.Select(CodeText.Literal).ToArray();
        var condition = string.Join(" or ", isWhole ? numbers.Select(number => CodeText.Literal((long)number))
            : numbers.Select(column.Type.Beside).Distinct().Select(CodeText.Literal));
        return RuleResult.Of(new RuleCode((isAllowed ? "in " : "not in ") + CodeText.Words([.. numbers.Select(CodeText.Words)]))
        {
            OnColumn = $"{(isAllowed ? "In" : "NotIn")}({string.Join(", ", literals)})",
            IsRight = $"{column.Value} is {(isAllowed ? "" : "not ")}({condition})",
        });
    }
}
