namespace MlOps.Data.Generators;

/// <summary>Rules that compare two columns of one row.</summary>
internal static class ComparisonRules
{
    public static RuleCode Of(RowColumn column, RowColumn other, string sign)
    {
        var rule = new RuleCode($"{Words(sign)} {other.Name}") { Other = other };
        var (mine, others) = (CodeText.Literal(column.Name), CodeText.Literal(other.Name));
        var exact = Compare(column.Type.Kind, Plain(column), Plain(other), sign);
        return sign switch
        {
            ">" => rule with { OnColumn = $"GreaterThan({others})", IsRight = exact },
            "<" => rule with { OnColumn = $"LessThan({others})", IsRight = exact },
            _ => column.Type.Kind switch
            {
                CellKind.Text => rule with { OnDatasetRow = Compare(CellKind.Text, $"row.Text({mine})", $"row.Text({others})", sign), IsRight = exact },
                CellKind.Time => rule with { OnDatasetRow = $"row.Time({mine}) {sign} row.Time({others})", IsRight = exact },

                // A row of a data set gives whole numbers as double: so that both decide alike, this does too.
                _ => rule with
                {
                    OnDatasetRow = $"row.Number({mine}) {sign} row.Number({others})",
                    IsRight = $"(double){Plain(column)} {sign} (double){Plain(other)}",
                },
            },
        };
    }

    private static string Plain(RowColumn column) => column.Type.Kind == CellKind.Boolean ? $"({column.Value} ? 1L : 0L)" : column.Value;

    private static string Compare(CellKind kind, string left, string right, string sign) =>
        kind == CellKind.Text ? $"string.CompareOrdinal({left}, {right}) {sign} 0" : $"{left} {sign} {right}";

    private static string Words(string sign) => sign switch
    {
        ">=" => "≥",
        "<=" => "≤",
        "==" => "=",
        _ => sign,
    };
}
