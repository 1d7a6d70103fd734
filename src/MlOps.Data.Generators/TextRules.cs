using System.Globalization;
using System.Text.RegularExpressions;
using MlOps.Data.Checks.Formats;

namespace MlOps.Data.Generators;

/// <summary>Rules on texts.</summary>
internal static class TextRules
{
    private const string Phones = @"\A[\s\-.()+]*\d[\d\s\-.()+]*(?:(?:[eE][xX][tT]\.?|[xX])[\s+]*(?:\d\+*)+\s*)?\z";

    /// <summary>A form of <c>TextFormat</c>, by the name of its member.</summary>
    public static RuleCode Format(RowColumn column, string member) => new("is " + FormatWords.Of(member))
    {
        OnColumn = $"HasFormat(global::MlOps.Data.TextFormat.{member})",
        IsRight = $"global::MlOps.Data.TextFormatExtensions.IsMatch(global::MlOps.Data.TextFormat.{member}, {column.Value}!)",
    };

    /// <summary>A telephone number as <c>[Phone]</c> decides it: digits with signs between them and an extension; stricter is E.164.</summary>
    public static RuleCode Phone(RowColumn column) => Matches(column, Phones, "is a telephone number as people write it");

    public static RuleCode NotBlank(RowColumn column) => new("not blank")
    {
        IsTitle = true,
        OnColumn = @"Matches(""\\S"")",
        IsRight = $"!string.IsNullOrWhiteSpace({column.Value})",
    };

    /// <summary>A length with at least one limit; the greatest int is none.</summary>
    public static RuleResult Length(RowColumn column, int min, int? max)
    {
        if (min < 0 || max < min)
        {
            return RuleResult.Wrong(max < 0 ? "a column needs a length" : $"no text has a length in [{Number(min)}, {Number(max ?? min)}]");
        }

        var most = max == int.MaxValue ? null : max;
        return (min, most) switch
        {
            (0, null) => RuleResult.Of(),
            (0, { } least) => RuleResult.Of(new RuleCode($"length ≤ {Number(least)}")
            {
                OnColumn = $"MaxLength({Number(least)})",
                IsRight = $"{column.Value}!.Length <= {Number(least)}",
            }),
            (_, null) => RuleResult.Of(new RuleCode($"length ≥ {Number(min)}")
            {
                OnColumn = $"MinLength({Number(min)})",
                IsRight = $"{column.Value}!.Length >= {Number(min)}",
            }),
            var (_, greatest) => RuleResult.Of(new RuleCode(min == greatest ? $"length {Number(min)}" : $"length in [{Number(min)}, {Number(greatest.Value)}]")
            {
                OnColumn = $"Length({Number(min)}, {Number(greatest.Value)})",
                IsRight = min == greatest ? $"{column.Value}!.Length == {Number(min)}" : $"{column.Value}!.Length is >= {Number(min)} and <= {Number(greatest.Value)}",
            }),
        };
    }

    /// <summary>As <c>[RegularExpression]</c> decides it: the whole text matches, or is empty.</summary>
    public static RuleResult Pattern(RowColumn column, string pattern)
    {
        var whole = $@"\A(?:{pattern})?\z";
        try
        {
            _ = new Regex(pattern);
            _ = new Regex(whole);
        }
        catch (System.ArgumentException error)
        {
            return RuleResult.Wrong($"the pattern is no regular expression: {error.Message}");
        }

        return RuleResult.Of(Matches(column, whole, "whole text matches " + pattern));
    }

    // The same expression judges rows and data sets.
    private static RuleCode Matches(RowColumn column, string pattern, string title)
    {
        var field = "_pattern" + column.Value + "_" + Number(column.Rules.Count);
        return new RuleCode(title)
        {
            IsTitle = true,
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

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
