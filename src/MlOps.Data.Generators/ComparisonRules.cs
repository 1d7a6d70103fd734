namespace MlOps.Data.Generators;

/// <summary>Rules that compare two columns of one row.</summary>
internal static class ComparisonRules
{
    public static RuleCode Of(RowColumn column, RowColumn other, string sign) => new($"{Words(sign)} {other.Name}")
    {
        Other = other,
        OnColumn = $"{Method(sign)}({CodeText.Literal(other.Name)})",
        IsRight = (column.Type.Kind, other.Type.Kind) switch
        {
            (CellKind.Text, _) => $"string.CompareOrdinal({column.Value}, {other.Value}) {sign} 0",
            (CellKind.Number, _) or (_, CellKind.Number) => $"(double){Whole(column)} {sign} (double){Whole(other)}",
            _ => $"{Whole(column)} {sign} {Whole(other)}",
        },
    };

    private static string Whole(RowColumn column) => column.Type.Kind == CellKind.Boolean ? $"({column.Value} ? 1L : 0L)" : column.Value;

    private static string Words(string sign) => sign switch
    {
        ">=" => "≥",
        "<=" => "≤",
        "==" => "=",
        "!=" => "≠",
        _ => sign,
    };

    private static string Method(string sign) => sign switch
    {
        ">" => "GreaterThan",
        ">=" => "AtLeast",
        "<" => "LessThan",
        "<=" => "AtMost",
        "==" => "EqualToColumn",
        _ => "NotEqualToColumn",
    };
}
