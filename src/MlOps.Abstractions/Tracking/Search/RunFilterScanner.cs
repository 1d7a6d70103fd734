using System.Globalization;

namespace MlOps.Tracking;

/// <summary>Reads the words of a filter or an order, and says where one is wrong.</summary>
internal sealed class RunFilterScanner(string text, string what)
{
    private const int ContextBefore = 60;
    private const int ContextAfter = 40;

    private static readonly string[] _operators = ["!=", "<=", ">=", "=", "<", ">"];

    public int Position { get; private set; }

    public static bool IsPlainKey(string key) => key.All(IsKeyCharacter);

    /// <summary>Passes over blanks; whether the text has ended.</summary>
    public bool AtEnd()
    {
        while (Position < text.Length && char.IsWhiteSpace(text[Position]))
        {
            Position++;
        }

        return Position == text.Length;
    }

    /// <summary>Takes a punctuation mark if it is the next.</summary>
    public bool Take(char mark)
    {
        if (AtEnd() || text[Position] != mark)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Takes a keyword if it is the next word.</summary>
    public bool Take(string keyword)
    {
        AtEnd();
        var end = Position + keyword.Length;
        if (string.Compare(text, Position, keyword, 0, keyword.Length, StringComparison.OrdinalIgnoreCase) != 0
            || (end < text.Length && IsKeyCharacter(text[end])))
        {
            return false;
        }

        Position = end;
        return true;
    }

    public string? TakeOperator()
    {
        AtEnd();
        var found = Array.Find(_operators, op => string.CompareOrdinal(text, Position, op, 0, op.Length) == 0);
        Position += found?.Length ?? 0;
        return found;
    }

    /// <summary>Takes letters, digits and the marks that a key may hold without quotes; empty when none is next.</summary>
    public string TakeWord()
    {
        AtEnd();
        return TakeKey();
    }

    /// <summary>Takes such characters without passing over blanks.</summary>
    public string TakeKey()
    {
        var start = Position;
        while (Position < text.Length && IsKeyCharacter(text[Position]))
        {
            Position++;
        }

        return text[start..Position];
    }

    /// <summary>Takes a text in one of the given quotes; a quote within is written twice. Null when no such quote is next.</summary>
    public string? TakeQuoted(string quotes)
    {
        if (Position == text.Length || !quotes.Contains(text[Position], StringComparison.Ordinal))
        {
            return null;
        }

        var start = Position;
        var quote = text[start];
        for (var end = start + 1; end < text.Length; end++)
        {
            if (text[end] != quote)
            {
                continue;
            }

            if (end + 1 < text.Length && text[end + 1] == quote)
            {
                end++;
                continue;
            }

            Position = end + 1;
            return text[(start + 1)..end].Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
        }

        throw Wrong(start, "This quote has no end", $"a second {quote}");
    }

    public double? TakeNumber()
    {
        AtEnd();
        var end = Position;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.'
            || (text[end] is '+' or '-' && (end == Position || text[end - 1] is 'e' or 'E'))))
        {
            end++;
        }

        if (end == Position || char.IsAsciiLetter(text[Position]))
        {
            return null;
        }

        if (!RunNumber.TryParse(text[Position..end], out var number))
        {
            throw Wrong(Position, $"'{Shown(text[Position..end])}' is no finite number", "a number such as 0.5 or 1e-3");
        }

        Position = end;
        return number;
    }

    /// <summary>What stands next, for a message.</summary>
    public string Next()
    {
        if (AtEnd())
        {
            return $"The {what} ends here";
        }

        var end = Position + 1;
        while (end < text.Length && IsKeyCharacter(text[Position]) && IsKeyCharacter(text[end]))
        {
            end++;
        }

        return $"'{Shown(text[Position..end])}' cannot stand here";
    }

    public MlOpsException Wrong(int position, string problem, string expected)
    {
        var start = Math.Max(0, position - ContextBefore);
        var end = Math.Min(text.Length, position + ContextAfter);
        var before = Plain(text[start..position]);
        var line = $"{(start > 0 ? "…" : "")}{before}{Plain(text[position..end])}{(end < text.Length ? "…" : "")}";
        var caret = new string(' ', before.Length + (start > 0 ? 1 : 0));
        return new MlOpsException(
            ErrorCodes.InvalidFilter,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The {what} is wrong at position {position + 1}: {problem}; expected {expected}.\n  {line}\n  {caret}^"));
    }

    public static string Shown(string word) => word.Length > 40 ? Plain(word[..40]) + "…" : Plain(word);

    private static bool IsKeyCharacter(char character) => char.IsLetterOrDigit(character) || character is '_' or '.' or '-' or '/' or ':' or '@';

    // One line, so that the caret stands below its place.
    private static string Plain(string part) =>
        string.Create(part.Length, part, (characters, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                characters[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '·' : source[i];
            }
        });
}
