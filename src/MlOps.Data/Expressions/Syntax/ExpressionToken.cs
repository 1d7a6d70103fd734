namespace MlOps.Data.Expressions;

internal enum ExpressionTokenKind
{
    End,
    Number,
    Text,
    Column,
    Word,
    Symbol,
}

/// <summary>A word of an expression.</summary>
/// <param name="Kind">What it is; a plain word may be a column, a function or a word of the language.</param>
/// <param name="Position">Where it begins, from 0.</param>
/// <param name="Text">A number, word or symbol as written; a text or a quoted column without its quotes.</param>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, int Position, string Text)
{
    public bool Is(string symbol) => Kind == ExpressionTokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == ExpressionTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind switch
    {
        ExpressionTokenKind.End => "the end",
        ExpressionTokenKind.Text => $"the text '{Text}'",
        _ => $"'{Text}'",
    };
}
