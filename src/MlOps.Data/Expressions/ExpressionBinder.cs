using System.Globalization;
using System.Numerics.Tensors;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Expressions;

/// <summary>Makes what works on batches of what was written, for columns of known types.</summary>
internal sealed class ExpressionBinder(string text, Schema schema)
{
    private static readonly string[] Functions = ["abs", "length", "lower", "round", "trim", "upper"];

    /// <summary>Binds a condition.</summary>
    public TruthNode BindTruth(ExpressionSyntax syntax) => Bind(syntax) switch
    {
        TruthNode truth => truth,
        NullNode => new TruthConstantNode(null),
        var other => throw Wrong(ErrorCodes.ColumnType, syntax, $"{Words(other)} is no condition; compare it with something."),
    };

    private ValueNode Bind(ExpressionSyntax syntax) => syntax switch
    {
        ColumnSyntax column => BindColumn(column),
        NumberSyntax number => new NumberConstantNode(number.Value, number.Whole),
        TextSyntax constant => new TextConstantNode(constant.Value),
        TruthSyntax truth => new TruthConstantNode(truth.Value),
        NullSyntax => NullNode.Instance,
        NegateSyntax negate => new NumberFunctionNode(BindNumber(negate.Operand), TensorPrimitives.Negate),
        ArithmeticSyntax arithmetic => new ArithmeticNode([.. arithmetic.Operands.Select(BindNumber)], arithmetic.Operators),
        NotSyntax not => new NotNode(BindTruth(not.Operand)),
        LogicSyntax logic => new LogicNode(logic.IsAnd, [.. logic.Operands.Select(BindTruth)]),
        ComparisonSyntax comparison => Compare(comparison.Left, comparison.Comparison, comparison.Right),
        BetweenSyntax between => new LogicNode(isAnd: true,
        [
            Compare(between.Operand, Comparison.AtLeast, between.Low),
            Compare(between.Operand, Comparison.AtMost, between.High),
        ]),
        InSyntax membership => BindMembership(membership),
        IsNullSyntax missing => Bind(missing.Operand) is NullNode ? new TruthConstantNode(true) : new IsNullNode(Bind(missing.Operand)),
        PatternSyntax pattern => new TextTestNode(BindText(pattern.Operand), pattern.Test),
        CallSyntax call => BindCall(call),
        _ => throw new InvalidOperationException($"{syntax.GetType().Name} has no meaning yet."),
    };

    private ValueNode BindColumn(ColumnSyntax column)
    {
        var index = schema.GetFieldIndex(column.Name, StringComparer.Ordinal);
        if (index < 0)
        {
            var nearest = NearestName.Of(column.Name, schema.FieldsList.Select(field => field.Name));
            throw Wrong(ErrorCodes.ColumnNotFound, column, $"the data has no column '{column.Name}'{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
        }

        var field = schema.GetFieldByIndex(index);
        return ColumnReader.KindOf(field.DataType) switch
        {
            ColumnKind.Number => new NumberColumnNode(column.Name),
            ColumnKind.Text => new TextColumnNode(column.Name),
            ColumnKind.Time => new TimeColumnNode(column.Name),
            ColumnKind.Boolean => new TruthColumnNode(column.Name),
            _ => throw Wrong(ErrorCodes.ColumnType, column, $"the column '{column.Name}' is of type {field.DataType.Name}, of which nothing can be said here."),
        };
    }

    private NumberNode BindNumber(ExpressionSyntax syntax) => Bind(syntax) switch
    {
        NumberNode number => number,
        NullNode => new NumberConstantNode(double.NaN, null),
        TruthColumnNode when syntax is ColumnSyntax column => new NumberColumnNode(column.Name),
        var other => throw Wrong(ErrorCodes.ColumnType, syntax, $"{Words(other)} is no number."),
    };

    private TextNode BindText(ExpressionSyntax syntax) => Bind(syntax) switch
    {
        TextNode text => text,
        NullNode => new TextConstantNode(null),
        var other => throw Wrong(ErrorCodes.ColumnType, syntax, $"{Words(other)} is no text."),
    };

    private TruthNode Compare(ExpressionSyntax leftSyntax, Comparison comparison, ExpressionSyntax rightSyntax)
    {
        var (left, right) = (Bind(leftSyntax), Bind(rightSyntax));
        if (left is NullNode || right is NullNode)
        {
            return new TruthConstantNode(null);
        }

        // A constant is on the right, where it costs less.
        if (left is NumberConstantNode or TextConstantNode && right is not (NumberConstantNode or TextConstantNode))
        {
            return Compare(rightSyntax, Comparisons.Exchanged(comparison), leftSyntax);
        }

        switch (left, right)
        {
            case (NumberNode a, NumberNode b): return new NumberComparisonNode(a, comparison, b);
            case (TruthColumnNode, NumberNode b): return new NumberComparisonNode(BindNumber(leftSyntax), comparison, b);
            case (NumberNode a, TruthColumnNode): return new NumberComparisonNode(a, comparison, BindNumber(rightSyntax));
            case (TextNode a, TextConstantNode { Value: { } constant }) when comparison == Comparison.Equal: return new TextMembershipNode(a, [constant]);
            case (TextNode a, TextConstantNode { Value: { } constant }) when comparison == Comparison.NotEqual:
                return new NotNode(new TextMembershipNode(a, [constant]));
            case (TextNode a, TextConstantNode { Value: { } constant }):
                return new TextTestNode(a, value => Comparisons.Holds(string.CompareOrdinal(value, constant), comparison));
            case (TextNode a, TextNode b): return new TextComparisonNode(a, comparison, b);
            case (TimeNode a, TimeNode b): return new TimeComparisonNode(a, comparison, b);
            case (TimeNode a, TextConstantNode { Value: { } constant }): return new TimeComparisonNode(a, comparison, Time(rightSyntax, constant));
            case (TruthNode a, TruthNode b) when comparison is Comparison.Equal: return new TruthEqualNode(a, b);
            case (TruthNode a, TruthNode b) when comparison is Comparison.NotEqual: return new NotNode(new TruthEqualNode(a, b));
            default: throw Wrong(ErrorCodes.ColumnType, leftSyntax, $"{Words(left)} does not compare so with {Words(right)}.");
        }
    }

    private TruthNode BindMembership(InSyntax syntax)
    {
        if (Bind(syntax.Operand) is TextNode operand && syntax.Values.All(value => value is TextSyntax))
        {
            return new TextMembershipNode(operand, [.. syntax.Values.Select(value => ((TextSyntax)value).Value)]);
        }

        return new LogicNode(isAnd: false, [.. syntax.Values.Select(value => Compare(syntax.Operand, Comparison.Equal, value))]);
    }

    private ValueNode BindCall(CallSyntax call)
    {
        var function = call.Function.ToLowerInvariant();
        if (!Functions.Contains(function, StringComparer.Ordinal))
        {
            var nearest = NearestName.Of(function, Functions);
            throw Wrong(
                ErrorCodes.InvalidConfiguration,
                call,
                $"there is no function '{call.Function}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")} There are: {string.Join(", ", Functions)}.");
        }

        var most = function == "round" ? 2 : 1;
        if (call.Arguments.Count > most)
        {
            throw Wrong(ErrorCodes.InvalidConfiguration, call, $"the function '{function}' takes {most} value{(most > 1 ? "s" : "")}, not {call.Arguments.Count}.");
        }

        var first = call.Arguments[0];
        return function switch
        {
            "abs" => new NumberFunctionNode(BindNumber(first), TensorPrimitives.Abs),
            "round" => BindRound(call),
            "length" => new TextLengthNode(BindText(first)),
            "lower" => new TextFunctionNode(BindText(first), static value => value.ToLowerInvariant()),
            "upper" => new TextFunctionNode(BindText(first), static value => value.ToUpperInvariant()),
            _ => new TextFunctionNode(BindText(first), static value => value.Trim()),
        };
    }

    private NumberFunctionNode BindRound(CallSyntax call)
    {
        var digits = call.Arguments switch
        {
            [_] => 0,
            [_, NumberSyntax { Whole: >= 0 and <= 15 and var whole }] => (int)whole,
            _ => throw Wrong(ErrorCodes.InvalidConfiguration, call.Arguments[1], "the digits of 'round' are a whole number from 0 to 15."),
        };
        return new NumberFunctionNode(BindNumber(call.Arguments[0]), (values, destination) =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                destination[i] = Math.Round(values[i], digits, MidpointRounding.AwayFromZero);
            }
        });
    }

    private TimeConstantNode Time(ExpressionSyntax syntax, string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time)
            ? new TimeConstantNode(time.UtcTicks)
            : throw Wrong(ErrorCodes.InvalidConfiguration, syntax, $"'{value}' is no time; write one as 2026-01-31 or 2026-01-31T12:00:00Z.");

    private static string Words(ValueNode node) => node switch
    {
        NumberNode => "a number",
        TextNode => "a text",
        TimeNode => "a time",
        TruthNode => "a truth value",
        _ => "null",
    };

    private MlOpsException Wrong(string code, ExpressionSyntax syntax, string problem) => ExpressionError.At(code, text, syntax.Position, problem);
}
