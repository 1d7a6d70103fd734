using System.Globalization;
using MlOps.Data.Columns;

namespace MlOps.Data.Expressions;

/// <summary>Reads expressions by recursive descent.</summary>
internal sealed class ExpressionParser
{
    private const int MostDepth = 100;
    private const int MostLength = 65_536;

    private static readonly string[] Reserved = ["and", "or", "not", "in", "between", "is", "null", "like", "matches", "true", "false"];

    private readonly string _text;
    private readonly List<ExpressionToken> _tokens;
    private int _at;
    private int _depth;

    private ExpressionParser(string text)
    {
        (_text, _tokens) = (text, ExpressionLexer.Cut(text));
    }

    private ExpressionToken Current => _tokens[_at];

    public static ExpressionSyntax Parse(string text)
    {
        if (text.Length > MostLength)
        {
            throw ExpressionError.At(ErrorCodes.InvalidConfiguration, text, MostLength, $"it is longer than {MostLength} signs; put long lists into a check of membership.");
        }

        var parser = new ExpressionParser(text);
        var syntax = parser.ParseOr();
        return parser.Current.Kind == ExpressionTokenKind.End ? syntax : throw parser.Expected("an operator or the end");
    }

    private ExpressionSyntax ParseOr() => ParseLogic("or", isAnd: false, static parser => parser.ParseAnd());

    private ExpressionSyntax ParseAnd() => ParseLogic("and", isAnd: true, static parser => parser.ParseNot());

    // Any number of operands in one node: long chains do not nest.
    private ExpressionSyntax ParseLogic(string word, bool isAnd, Func<ExpressionParser, ExpressionSyntax> operand)
    {
        var first = operand(this);
        if (!Current.IsWord(word))
        {
            return first;
        }

        List<ExpressionSyntax> operands = [first];
        while (TakeWord(word))
        {
            operands.Add(operand(this));
        }

        return new LogicSyntax(first.Position, isAnd, operands);
    }

    private ExpressionSyntax ParseNot()
    {
        var position = Current.Position;
        return TakeWord("not") ? new NotSyntax(position, Deeper(ParseNot)) : ParsePredicate();
    }

    private ExpressionSyntax ParsePredicate()
    {
        var left = ParseSum();
        if (Current.Kind == ExpressionTokenKind.Symbol && ComparisonOf(Current.Text) is { } comparison)
        {
            _at++;
            return new ComparisonSyntax(left.Position, comparison, left, ParseSum());
        }

        if (TakeWord("is"))
        {
            var negated = TakeWord("not");
            return TakeWord("null") ? Negate(negated, new IsNullSyntax(left.Position, left)) : throw Expected("'null'");
        }

        var not = Current.IsWord("not") && Next(1) is { Kind: ExpressionTokenKind.Word };
        if (not)
        {
            _at++;
        }

        return TakeWord("in") ? Negate(not, new InSyntax(left.Position, left, ParseList()))
            : TakeWord("between") ? Negate(not, ParseBetween(left))
            : TakeWord("like") ? Negate(not, ParsePattern(left, isRegex: false))
            : TakeWord("matches") ? Negate(not, ParsePattern(left, isRegex: true))
            : not ? throw Expected("'in', 'between', 'like' or 'matches'")
            : left;
    }

    private BetweenSyntax ParseBetween(ExpressionSyntax operand)
    {
        var low = ParseSum();
        return TakeWord("and") ? new BetweenSyntax(operand.Position, operand, low, ParseSum()) : throw Expected("'and' and the upper limit");
    }

    private PatternSyntax ParsePattern(ExpressionSyntax operand, bool isRegex)
    {
        var token = Current;
        if (token.Kind != ExpressionTokenKind.Text)
        {
            throw Expected("a pattern in '…'");
        }

        _at++;
        try
        {
            Func<string, bool> test = isRegex ? new TextPattern(token.Text).IsMatch : new LikePattern(token.Text).IsMatch;
            return new PatternSyntax(operand.Position, operand, token.Text, isRegex, test);
        }
        catch (ArgumentException error)
        {
            throw Wrong(token.Position, $"the regular expression is not one: {error.Message}");
        }
    }

    private List<ExpressionSyntax> ParseList()
    {
        Take("(");
        List<ExpressionSyntax> items = [Deeper(ParseSum)];
        while (TakeIf(","))
        {
            items.Add(Deeper(ParseSum));
        }

        Take(")");
        return items;
    }

    private ExpressionSyntax ParseSum() => ParseChain(static parser => parser.ParseProduct(), "+", "-");

    private ExpressionSyntax ParseProduct() => ParseChain(static parser => parser.ParseSign(), "*", "/", "%");

    // Any number of operands in one node, as above.
    private ExpressionSyntax ParseChain(Func<ExpressionParser, ExpressionSyntax> operand, params ReadOnlySpan<string> operators)
    {
        var first = operand(this);
        List<ExpressionSyntax> operands = [first];
        List<char> symbols = [];
        while (Current.Kind == ExpressionTokenKind.Symbol && operators.Contains(Current.Text))
        {
            symbols.Add(Current.Text[0]);
            _at++;
            operands.Add(operand(this));
        }

        return symbols.Count == 0 ? first : new ArithmeticSyntax(first.Position, operands, symbols);
    }

    private ExpressionSyntax ParseSign()
    {
        var position = Current.Position;
        if (TakeIf("+"))
        {
            return Deeper(ParseSign);
        }

        if (!TakeIf("-"))
        {
            return ParseOperand();
        }

        return Deeper(ParseSign) is var operand && operand is NumberSyntax number
            ? new NumberSyntax(position, -number.Value, number.Whole is { } whole ? -whole : null)
            : new NegateSyntax(position, operand);
    }

    private ExpressionSyntax ParseOperand()
    {
        var token = Current;
        _at++;
        switch (token.Kind)
        {
            case ExpressionTokenKind.Number: return Number(token);
            case ExpressionTokenKind.Text: return new TextSyntax(token.Position, token.Text);
            case ExpressionTokenKind.Column: return new ColumnSyntax(token.Position, token.Text);
            case ExpressionTokenKind.Symbol when token.Is("("):
                var inner = Deeper(ParseOr);
                Take(")");
                return inner;
            case ExpressionTokenKind.Word when token.IsWord("true") || token.IsWord("false"): return new TruthSyntax(token.Position, token.IsWord("true"));
            case ExpressionTokenKind.Word when token.IsWord("null"): return new NullSyntax(token.Position);
            case ExpressionTokenKind.Word when Current.Is("(") && !IsReserved(token): return new CallSyntax(token.Position, token.Text, ParseList());
            case ExpressionTokenKind.Word when !IsReserved(token): return new ColumnSyntax(token.Position, token.Text);
            default:
                _at--;
                throw Expected("a column, a number, a text or '('");
        }
    }

    private NumberSyntax Number(ExpressionToken token)
    {
        var value = double.Parse(token.Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
        long? whole = long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var exact) ? exact : null;
        return double.IsFinite(value)
            ? new NumberSyntax(token.Position, value, whole)
            : throw Wrong(token.Position, "the number is too large for double precision.");
    }

    private static Comparison? ComparisonOf(string symbol) => symbol switch
    {
        "=" or "==" => Comparison.Equal,
        "!=" or "<>" => Comparison.NotEqual,
        "<" => Comparison.Less,
        "<=" => Comparison.AtMost,
        ">" => Comparison.Greater,
        ">=" => Comparison.AtLeast,
        _ => null,
    };

    private static ExpressionSyntax Negate(bool negated, ExpressionSyntax syntax) => negated ? new NotSyntax(syntax.Position, syntax) : syntax;

    private static bool IsReserved(ExpressionToken token) => Reserved.Contains(token.Text, StringComparer.OrdinalIgnoreCase);

    private ExpressionToken Next(int ahead) => _tokens[Math.Min(_at + ahead, _tokens.Count - 1)];

    private bool TakeWord(string word)
    {
        var isIt = Current.IsWord(word);
        _at += isIt ? 1 : 0;
        return isIt;
    }

    private bool TakeIf(string symbol)
    {
        var isIt = Current.Is(symbol);
        _at += isIt ? 1 : 0;
        return isIt;
    }

    private void Take(string symbol)
    {
        if (!TakeIf(symbol))
        {
            throw Expected($"'{symbol}'");
        }
    }

    private ExpressionSyntax Deeper(Func<ExpressionSyntax> parse)
    {
        RequireDepth();
        _depth++;
        var syntax = parse();
        _depth--;
        return syntax;
    }

    private void RequireDepth()
    {
        if (_depth == MostDepth)
        {
            throw Wrong(Current.Position, $"it is nested deeper than {MostDepth} levels; write it with fewer brackets, or as several.");
        }
    }

    private MlOpsException Expected(string what) => Wrong(
        Current.Position,
        Current.Kind == ExpressionTokenKind.Word && IsReserved(Current)
            ? $"expected {what}, found the word '{Current.Text}'; a column of that name stands in `…`."
            : $"expected {what}, found {Current}.");

    private MlOpsException Wrong(int position, string problem) => ExpressionError.At(ErrorCodes.InvalidConfiguration, _text, position, problem);
}
