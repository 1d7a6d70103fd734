namespace MlOps.Data.Expressions;

/// <summary>What an expression says, before it is asked of columns.</summary>
/// <param name="Position">Where it begins in the text, from 0.</param>
internal abstract record ExpressionSyntax(int Position)
{
    /// <summary>The parts, left to right.</summary>
    public virtual IReadOnlyList<ExpressionSyntax> Parts => [];
}

internal sealed record ColumnSyntax(int Position, string Name) : ExpressionSyntax(Position);

/// <param name="Position">Where it begins in the text, from 0.</param>
/// <param name="Value">The number.</param>
/// <param name="Whole">The number where it is written as a whole one of 64 bits.</param>
internal sealed record NumberSyntax(int Position, double Value, long? Whole) : ExpressionSyntax(Position);

internal sealed record TextSyntax(int Position, string Value) : ExpressionSyntax(Position);

internal sealed record TruthSyntax(int Position, bool Value) : ExpressionSyntax(Position);

internal sealed record NullSyntax(int Position) : ExpressionSyntax(Position);

internal sealed record NegateSyntax(int Position, ExpressionSyntax Operand) : ExpressionSyntax(Position)
{
    public override IReadOnlyList<ExpressionSyntax> Parts => [Operand];
}

internal sealed record NotSyntax(int Position, ExpressionSyntax Operand) : ExpressionSyntax(Position)
{
    public override IReadOnlyList<ExpressionSyntax> Parts => [Operand];
}

/// <summary>Operators of one rank, taken from left to right.</summary>
/// <param name="Position">Where it begins in the text, from 0.</param>
/// <param name="Operands">One more than operators.</param>
/// <param name="Operators">Each one of + and -, or each one of * / %.</param>
internal sealed record ArithmeticSyntax(int Position, IReadOnlyList<ExpressionSyntax> Operands, IReadOnlyList<char> Operators) : ExpressionSyntax(Position)
{
    public override IReadOnlyList<ExpressionSyntax> Parts => Operands;
}

internal sealed record ComparisonSyntax(int Position, Comparison Comparison, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax(Position)
{
    public override IReadOnlyList<ExpressionSyntax> Parts => [Left, Right];
}

internal sealed record LogicSyntax(int Position, bool IsAnd, IReadOnlyList<ExpressionSyntax> Operands) : ExpressionSyntax(Position)
{
    public override IReadOnlyList<ExpressionSyntax> Parts => Operands;
}

internal sealed record InSyntax(int Position, ExpressionSyntax Operand, IReadOnlyList<ExpressionSyntax> Values) : ExpressionSyntax(Position)
{
    public override IReadOnlyList<ExpressionSyntax> Parts => [Operand, .. Values];
}

internal sealed record BetweenSyntax(int Position, ExpressionSyntax Operand, ExpressionSyntax Low, ExpressionSyntax High) : ExpressionSyntax(Position)
{
    public override IReadOnlyList<ExpressionSyntax> Parts => [Operand, Low, High];
}

internal sealed record IsNullSyntax(int Position, ExpressionSyntax Operand) : ExpressionSyntax(Position)
{
    public override IReadOnlyList<ExpressionSyntax> Parts => [Operand];
}

/// <param name="Position">Where it begins in the text, from 0.</param>
/// <param name="Operand">The text that is tested.</param>
/// <param name="Pattern">The pattern as written.</param>
/// <param name="IsRegex">Whether it is a regular expression, or one of SQL's like.</param>
/// <param name="Test">Whether a text matches.</param>
internal sealed record PatternSyntax(int Position, ExpressionSyntax Operand, string Pattern, bool IsRegex, Func<string, bool> Test) : ExpressionSyntax(Position)
{
    public override IReadOnlyList<ExpressionSyntax> Parts => [Operand];
}

internal sealed record CallSyntax(int Position, string Function, IReadOnlyList<ExpressionSyntax> Arguments) : ExpressionSyntax(Position)
{
    public override IReadOnlyList<ExpressionSyntax> Parts => Arguments;
}
