namespace MlOps.Data.Tests.Expressions;

/// <summary>Writes random expressions over the columns n, w (whole), s, t (texts), b (truth) and d (times).</summary>
internal sealed class ExpressionTexts(Random random)
{
    private static readonly string[] Comparisons = ["=", "==", "<>", "!=", "<", "<=", ">", ">="];

    public string Truth(int depth) => random.Next(depth > 0 ? 14 : 8) switch
    {
        0 => $"{Number(depth - 1)} {One(Comparisons)} {Number(depth - 1)}",
        1 => $"{Text(depth - 1)} {One(Comparisons)} {Text(depth - 1)}",
        2 => One("b", "true", "b = false", "b <> b", "b is null", "null = 1", "w = 9007199254740993", "w < 9007199254740993", "9007199254740992 <= w"),
        3 => $"d {One(Comparisons)} {One("d", "'2026-01-02'", "'2026-01-03T00:00:00Z'")}",
        4 => $"{Number(depth - 1)}{One(" ", " not ")}between {Number(0)} and {Number(0)}",
        5 => $"{Text(depth - 1)}{One(" ", " not ")}in ({Text(0)}, 'a', {One("'b'", "t", "null", "''")})",
        6 => $"{Text(depth - 1)}{One(" ", " not ")}{One("like 'a%'", "like '%b%'", "like '_'", "like '%'", "matches '^a'", "matches 'b$'")}",
        7 => $"{One("n", "w", "s", "b", "d", "n + w", "lower(s)", "n / 0")} is {One("", "not ")}null",
        8 or 9 => $"({Truth(depth - 1)}) and ({Truth(depth - 1)})",
        10 or 11 => $"({Truth(depth - 1)}) or ({Truth(depth - 1)}) or {Truth(0)}",
        12 => $"not ({Truth(depth - 1)})",
        _ => $"{Number(depth - 1)} in ({Number(0)}, {Number(0)}, {One("null", "3")})",
    };

    private string Number(int depth) => random.Next(depth > 0 ? 9 : 5) switch
    {
        0 or 1 => One("n", "w"),
        2 => One("0", "1", "2.5", "-3", "1e300", "-0", "7"),
        3 => One("n", "(b + 0)", "null"),
        4 => $"length({Text(0)})",
        5 => $"({Number(depth - 1)} {One("+", "-", "*", "/", "%")} {Number(depth - 1)})",
        6 => $"-({Number(depth - 1)})",
        7 => $"abs({Number(depth - 1)})",
        _ => $"round({Number(depth - 1)}{One("", ", 1")})",
    };

    private string Text(int depth) => random.Next(depth > 0 ? 5 : 4) switch
    {
        0 or 1 => One("s", "t", "`s`"),
        2 => One("'a'", "'b'", "''", "'ab'", "'it''s'", "'Ä'"),
        3 => One("s", "null"),
        _ => $"{One("lower", "upper", "trim")}({Text(depth - 1)})",
    };

    private string One(params string[] of) => of[random.Next(of.Length)];
}
