using System.Text;

namespace MlOps.Data.Expressions;

/// <summary>Cuts an expression into words.</summary>
internal static class ExpressionLexer
{
    private static readonly string[] Symbols = ["<=", ">=", "<>", "!=", "==", "<", ">", "=", "+", "-", "*", "/", "%", "(", ")", ","];

    public static List<ExpressionToken> Cut(string text)
    {
        List<ExpressionToken> tokens = [];
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new(ExpressionTokenKind.End, at, ""));
                return tokens;
            }

            tokens.Add(Next(text, ref at));
        }
    }

    private static ExpressionToken Next(string text, ref int at)
    {
        var start = at;
        var first = text[at];
        if (first is '\'' or '"' or '`')
        {
            var quoted = Quoted(text, ref at);
            return first == '\'' ? new(ExpressionTokenKind.Text, start, quoted)
                : quoted.Length > 0 ? new(ExpressionTokenKind.Column, start, quoted)
                : throw Wrong(text, start, "the name of a column is empty.");
        }

        if (char.IsAsciiDigit(first) || (first == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return new(ExpressionTokenKind.Number, start, Number(text, ref at));
        }

        if (char.IsLetter(first) || first == '_')
        {
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.'))
            {
                at++;
            }

            return new(ExpressionTokenKind.Word, start, text[start..at]);
        }

        foreach (var symbol in Symbols)
        {
            if (text.AsSpan(at).StartsWith(symbol, StringComparison.Ordinal))
            {
                at += symbol.Length;
                return new(ExpressionTokenKind.Symbol, start, symbol);
            }
        }

        throw Wrong(text, start, $"'{first}' means nothing here; texts stand in '…', columns with other signs than letters, digits, '_' and '.' in `…`.");
    }

    private static string Quoted(string text, ref int at)
    {
        var (start, quote) = (at, text[at]);
        StringBuilder content = new();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != quote)
            {
                content.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == quote)
            {
                content.Append(quote);
                at++;
            }
            else
            {
                at++;
                return content.ToString();
            }
        }

        throw Wrong(text, start, $"the {quote} has no counterpart; inside, write it twice.");
    }

    private static string Number(string text, ref int at)
    {
        var start = at;
        Digits(text, ref at);
        if (at < text.Length && text[at] == '.')
        {
            at++;
            Digits(text, ref at);
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            var exponent = at + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-')
            {
                exponent++;
            }

            if (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
            {
                at = exponent;
                Digits(text, ref at);
            }
        }

        return at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.')
            ? throw Wrong(text, start, "a number is followed at once by other signs; a column whose name begins with a digit stands in `…`.")
            : text[start..at];
    }

    private static void Digits(string text, ref int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
    }

    private static MlOpsException Wrong(string text, int position, string problem) =>
        ExpressionError.At(ErrorCodes.InvalidConfiguration, text, position, problem);
}
