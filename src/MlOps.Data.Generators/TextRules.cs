namespace MlOps.Data.Generators;

/// <summary>Rules on the form of a text, as the attributes of <c>System.ComponentModel.DataAnnotations</c> decide it.</summary>
internal static class TextRules
{
    private const string Phones = @"\A[\s\-.()+]*\d[\d\s\-.()+]*(?:(?:[eE][xX][tT]\.?|[xX])[\s+]*(?:\d\+*)+\s*)?\z";

    public static RuleCode Email(RowColumn column) => Pattern(column, @"\A[^@\r\n]+@[^@\r\n]+\z");

    public static RuleCode Url(RowColumn column) => Pattern(column, @"\A(?:[hH][tT][tT][pP][sS]?|[fF][tT][pP])://");

    public static RuleCode Phone(RowColumn column) => Pattern(column, Phones);

    public static RuleCode CreditCard(RowColumn column) => new("credit card number")
    {
        OnDatasetRow = $"_creditCard.IsValid(row.Text({CodeText.Literal(column.Name)}))",
        IsRight = $"{RowWriter.Rules}._creditCard.IsValid({column.Value})",
        Fields = ["internal static readonly global::System.ComponentModel.DataAnnotations.CreditCardAttribute _creditCard = new();"],
    };

    /// <summary>A text matches an expression; the same expression judges rows and data sets.</summary>
    public static RuleCode Pattern(RowColumn column, string pattern)
    {
        var field = "_pattern" + column.Value + "_" + column.Rules.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new RuleCode("matches " + pattern)
        {
            OnColumn = $"Matches({CodeText.Literal(pattern)})",
            IsRight = $"{RowWriter.Rules}.IsMatch({RowWriter.Rules}.{field}, {column.Value}!)",
            UsesPattern = true,
            Fields =
            [
                $"internal static readonly global::System.Text.RegularExpressions.Regex {field} = new({CodeText.Literal(pattern)}, "
                + "global::System.Text.RegularExpressions.RegexOptions.CultureInvariant | global::System.Text.RegularExpressions.RegexOptions.Compiled, "
                + "global::System.TimeSpan.FromMilliseconds(250));",
            ],
        };
    }
}
