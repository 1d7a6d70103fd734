namespace MlOps.Data.Generators.Tests;

public sealed class DiagnosticsTests
{
    [Theory]
    [InlineData("[CheckedRow] public record Row(double X);", "MLOPS001 at 'Row'", "partial")]
    [InlineData("public class Around { [CheckedRow] public partial record Row(double X); }", "MLOPS001 at 'Around'", "partial")]
    [InlineData("[CheckedRow] public partial record Row<T>(double X);", "MLOPS002 at 'Row'", "generic")]
    [InlineData("[CheckedRow] public ref partial struct Row { public double X { get; set; } }", "MLOPS002 at 'Row'", "ref struct")]
    [InlineData("[CheckedRow] public partial record Row { [NotMapped] public double X { get; set; } }", "MLOPS002 at 'Row'", "no property")]
    [InlineData("[CheckedRow] public partial record Row(double X, List<int> Tags);", "MLOPS003 at 'Tags'", "[NotMapped]")]
    [InlineData("[CheckedRow] public partial record Row([Base64String] string X);", "MLOPS004 at 'Base64String'", "would not be checked")]
    [InlineData("public sealed class EvenAttribute : ValidationAttribute; [CheckedRow] public partial record Row([Even] int X);", "MLOPS004 at 'Even'", "EvenAttribute")]
    [InlineData("[CheckedRow] public partial record Row([Range(1, 2)] string X);", "MLOPS005 at 'Range(1, 2)'", "'[Range]' judges numbers and times, and 'X' is of the type 'string'")]
    [InlineData("[CheckedRow] public partial record Row([StringLength(2)] int X);", "MLOPS005 at 'StringLength(2)'", "judges text")]
    [InlineData("[CheckedRow] public partial record Row([Finite] int X);", "MLOPS005 at 'Finite'", "fractional")]
    [InlineData("[CheckedRow] public partial record Row([Range(2, 1)] double X);", "MLOPS006 at 'Range(2, 1)'", "from 2 to 1")]
    [InlineData("[CheckedRow] public partial record Row([Range(0.2, 0.8)] int X);", "MLOPS006 at 'Range(0.2, 0.8)'", "no whole number")]
    [InlineData("[CheckedRow] public partial record Row([Range(typeof(DateTime), \"soon\", \"2001-01-01\")] DateTime X);", "MLOPS006 at", "no time such as")]
    [InlineData("[CheckedRow] public partial record Row([TimeRange(\"2001-01-01\", \"2001-01-02\")] int X);", "MLOPS005 at 'TimeRange", "judges times")]
    [InlineData("[CheckedRow] public partial record Row([RegularExpression(\"[\")] string X);", "MLOPS006 at 'RegularExpression(\"[\")'", "no regular expression")]
    [InlineData("[CheckedRow] public partial record Row([GreaterThan(\"Y\")] int X);", "MLOPS006 at 'GreaterThan(\"Y\")'", "'Y' is no other property")]
    [InlineData("[CheckedRow] public partial record Row([GreaterThan(nameof(Y))] int X, string Y);", "MLOPS006 at 'GreaterThan(nameof(Y))'", "another kind")]
    [InlineData("[CheckedRow] public partial record Row([Mostly(0)] int X);", "MLOPS006 at 'Mostly(0)'", "above 0")]
    [InlineData("[CheckedRow] public partial record Row([AllowedValues(1, \"b\")] int X);", "MLOPS006 at", "no number")]
    [InlineData("[CheckedRow] public partial record Row([AllowedValues(9007199254740992)] long X);", "MLOPS006 at", "below 2^53")]
    [InlineData("[CheckedRow] public partial record Row([Range(double.NegativeInfinity, double.PositiveInfinity)] double X);", "MLOPS006 at", "no limit is finite")]
    [InlineData("[CheckedRow] public partial record Row([TimeRange(\"0001-01-01\", \"9999-12-31T23:59:59.9999999\")] System.DateTime X);", "MLOPS006 at", "it has no limit")]
    [InlineData("[CheckedRow] public partial record Row([Range(0, double.PositiveInfinity, MaximumIsExclusive = true)] double X);", "MLOPS006 at", "[Finite]")]
    [InlineData("[CheckedRow] public partial record Row([Range(1e19, 1e20)] long X);", "MLOPS006 at 'Range(1e19, 1e20)'", "no whole number")]
    [InlineData("[CheckedRow] public partial record Row([Range(1, 2, MinimumIsExclusive = true, MaximumIsExclusive = true)] int X);", "MLOPS006 at", "no whole number")]
    [InlineData("[CheckedRow] public partial record Row([AtLeast(1)] string X);", "MLOPS005 at 'AtLeast(1)'", "judges numbers")]
    [InlineData("[CheckedRow] public partial record Row([AtMost(double.NaN)] double X);", "MLOPS006 at 'AtMost(double.NaN)'", "not finite")]
    [InlineData("[CheckedRow] public partial record Row([GreaterThan(1e19)] long X);", "MLOPS006 at 'GreaterThan(1e19)'", "no whole number is > 1E+19")]
    [InlineData("[CheckedRow] public partial record Row([HasFormat(TextFormat.Uuid)] int X);", "MLOPS005 at 'HasFormat(TextFormat.Uuid)'", "judges text")]
    [InlineData("[CheckedRow] public partial record Row([HasFormat((TextFormat)99)] string X);", "MLOPS006 at 'HasFormat((TextFormat)99)'", "no such format")]
    [InlineData("[CheckedRow] public partial record Row([RegularExpression(\"(?x)a # b\")] string X);", "MLOPS006 at", "no regular expression")]
    [InlineData("[CheckedRow] public partial record Row([Range(1, 2, ErrorMessage = \"{5}\")] int X);", "MLOPS006 at", "places that the attribute does not fill")]
    [InlineData("[CheckedRow] public partial record Row([Length(3, 2)] string X);", "MLOPS006 at 'Length(3, 2)'", "[3, 2]")]
    [InlineData("[CheckedRow] public partial record Row([property: Column(\"a\")] int X, [property: Column(\"a\")] int Y);", "MLOPS007 at 'Y'", "'X' and 'Y' are both the column 'a'")]
    public void A_fault_is_shown_at_its_place(string source, string place, string part)
    {
        var finding = Assert.Single(Compiled.Of(source).Findings);
        Assert.StartsWith(place, finding, StringComparison.Ordinal);
        Assert.Contains(part, finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[CheckedRow] partial struct Row { public double X { get; set; } }")]
    [InlineData("[CheckedRow] public readonly partial record struct Row(int @class, [Range(1, 2)] double? X);")]
    [InlineData("namespace A.B { public partial class Outer { partial interface IInner { [CheckedRow] public partial class Row { [Required] public string? X { get; init; } } } } }")]
    [InlineData("[CheckedRow] public partial record First([Range(1, 2)] double X); [CheckedRow] public partial record Second([Range(1, 2)] double X, [Phone, Url] string? Y) : First(X);")]
    [InlineData("[CheckedRow] public partial record Row { [Range(0, double.PositiveInfinity), AllowedValues(1.5, -2)] public float X { get; init; } [Obsolete] public int Y { get; init; } }")]
    [InlineData("[CheckedRow] public partial record Row { [HasFormat(TextFormat.Iban), NotEqualTo(\"Y\")] public string? X { get; init; } [StringLength(int.MaxValue, ErrorMessage = \"{0} {1} {2} \\\"\")] public string Y { get; init; } = \"\"; [GreaterThan(-1), AtLeast(long.MinValue), LessThan(1e30)] public long Z { get; init; } }")]
    [InlineData("#nullable disable\n[CheckedRow] public partial class Row { public string X { get; set; } [CreditCard, EmailAddress] public string Y { get; set; } }")]
    [InlineData("public class Text { public string a = \"\"; } [CheckedRow] public partial record Row([AllowedValues(\"\\\"\\n\\\\\", \"{x}\")] string X);")]
    public void What_is_written_compiles_without_a_warning(string source)
    {
        var (findings, errors) = Compiled.Of(source);
        Assert.Empty(findings);
        Assert.Empty(errors);
    }

    [Fact]
    public void Every_diagnostic_has_a_row_in_the_document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlOps.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        var document = File.ReadAllText(Path.Combine(folder.FullName, "docs", "diagnostics.md"));
        var released = File.ReadAllText(Path.Combine(folder.FullName, "src", "MlOps.Data.Generators", "AnalyzerReleases.Unshipped.md"));
        var ids = System.Text.RegularExpressions.Regex.Matches(released, "^MLOPS\\d{3}", System.Text.RegularExpressions.RegexOptions.Multiline).Select(match => match.Value).ToList();
        Assert.Equal(7, ids.Count);
        Assert.All(ids, id => Assert.Contains($"| `{id}` |", document, StringComparison.Ordinal));
    }
}
