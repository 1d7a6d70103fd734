namespace MlOps.Data.Expressions;

/// <summary>Finds the columns that an expression names.</summary>
internal static class ColumnCollector
{
    public static IReadOnlyList<string> Of(ExpressionSyntax syntax)
    {
        List<string> columns = [];
        Collect(syntax, columns);
        return columns;
    }

    private static void Collect(ExpressionSyntax syntax, List<string> columns)
    {
        if (syntax is ColumnSyntax { Name: var name } && !columns.Contains(name, StringComparer.Ordinal))
        {
            columns.Add(name);
        }

        foreach (var part in syntax.Parts)
        {
            Collect(part, columns);
        }
    }
}
