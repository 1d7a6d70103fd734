using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace MlOps.Data.Generators;

/// <summary>Writes values as C#, and as the reports word them.</summary>
internal static class CodeText
{
    private const int ShownValues = 6;

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Literal(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ => Words(value) + "d",
    };

    public static string Literal(long value) => value == long.MinValue ? "long.MinValue" : value.ToString(CultureInfo.InvariantCulture) + "L";

    public static string Words(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Words(string[] values) =>
        "{" + string.Join(", ", values.Take(ShownValues)) + (values.Length > ShownValues ? $", … ({values.Length.ToString(CultureInfo.InvariantCulture)})" : "") + "}";

    public static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>A name in small letters with underscores between its words.</summary>
    public static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            text.Append(startsWord ? "_" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
