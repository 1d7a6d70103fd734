using System.Text;
using MlOps.Data;

namespace MlOps.Fuzz.Targets;

/// <summary>A row expression, asked of a table.</summary>
internal sealed class ExpressionTarget : FuzzTarget
{
    private static readonly Dataset Rows = Samples.Table(6);

    private static readonly string[] Words =
    [
        "i", "d", "b", "s", "t", "day", "f", "bytes", "`i`", "\"s\"", "none", "1", "-2.5", "1e308", "'text 1'", "'2026-01-02'", "true", "false", "null", "+", "-", "*", "/", "%", "=", "==", "!=", "<>",
        "<", "<=", ">", ">=", "and", "or", "not", "in", "(", ")", ",", "between", "is", "like", "'t%'", "matches", "'^t.*1$'", "'(a+)+$'", "length(", "lower(", "upper(", "abs(", "trim(", "round(",
    ];

    public override string Name => "expression";

    public override int Weight => 4;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "i > 1000 and s = 'text 1'", "not (d between 1 and 2) or b", "s in ('text 1', 'text 2') and i not in (1, 2)", "s is not null and length(s) >= 3", "round(d * 2, 1) = 1.3 or abs(-i) % 3 = 1",
            "s like 'te_t%' and s not matches '[0-9]+'", "t > '1970-01-01T00:00:02Z' and day <= '1970-01-04'", "lower(trim(s)) = upper(s)", "null", "b = true",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Select(word => Encoding.UTF8.GetBytes($" {word} "))];

    public override byte[] Generate(Random random) => Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, random.Next(1, 14)).Select(_ => Words[random.Next(Words.Length)])));

    public override async Task ReadAsync(byte[] input, Random random)
    {
        var rows = Rows.Where(RowExpression.Parse(Encoding.UTF8.GetString(input)));
        await Reading.ReadAsync(rows, random);
    }
}
