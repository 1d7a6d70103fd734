using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace MlOps.Data.Generators;

/// <summary>Turns the attributes of one property into its rules.</summary>
internal sealed class AttributeReader(RowColumn column, List<RowColumn> columns, List<Finding> findings)
{
    private const string Annotations = "System.ComponentModel.DataAnnotations.";
    private const string Ours = "MlOps.Data.";

    public static bool IsRule(AttributeData attribute) =>
        IsValidation(attribute) || (attribute.AttributeClass?.ToDisplayString().StartsWith(Ours, System.StringComparison.Ordinal) ?? false);

    public void Read(IEnumerable<AttributeData> attributes)
    {
        var rules = column.Rules;
        foreach (var attribute in attributes)
        {
            var name = attribute.AttributeClass?.ToDisplayString() ?? "";
            if (name.StartsWith(Ours, System.StringComparison.Ordinal))
            {
                ReadOurs(attribute, name.Substring(Ours.Length));
            }
            else if (IsValidation(attribute))
            {
                if (name.StartsWith(Annotations, System.StringComparison.Ordinal))
                {
                    ReadAnnotation(attribute, name.Substring(Annotations.Length));
                }
                else
                {
                    Say(attribute, RowDiagnostics.UnsupportedAttribute, name);
                }
            }
        }

        if (column.MustBeThere)
        {
            rules.Insert(0, new RuleCode("not null") { OnColumn = "NotNull()", IsRight = column.Has });
        }
    }

    private void ReadAnnotation(AttributeData attribute, string name)
    {
        var arguments = attribute.ConstructorArguments;
        switch (name)
        {
            case "RequiredAttribute":
                column.IsRequired = true;
                if (column.Type.Kind == CellKind.Text && Named(attribute, "AllowEmptyStrings") is not true)
                {
                    column.Rules.Add(new RuleCode(@"matches \S") { OnColumn = @"Matches(""\\S"")", IsRight = $"!string.IsNullOrWhiteSpace({column.Value})" });
                }

                break;
            case "RangeAttribute": Add(attribute, RangeRules.Of(column, attribute)); break;
            case "StringLengthAttribute" when IsText(attribute):
                AddLength(attribute, Named(attribute, "MinimumLength") as int? ?? 0, arguments[0].Value as int?);
                break;
            case "MinLengthAttribute" when IsText(attribute): AddLength(attribute, arguments[0].Value as int? ?? 0, null); break;
            case "MaxLengthAttribute" when IsText(attribute): AddLength(attribute, 0, arguments.Length == 0 ? -1 : arguments[0].Value as int?); break;
            case "LengthAttribute" when IsText(attribute): AddLength(attribute, arguments[0].Value as int? ?? 0, arguments[1].Value as int?); break;
            case "RegularExpressionAttribute" when IsText(attribute): AddPattern(attribute, arguments[0].Value as string ?? ""); break;
            case "EmailAddressAttribute" when IsText(attribute): column.Rules.Add(TextRules.Email(column)); break;
            case "UrlAttribute" when IsText(attribute): column.Rules.Add(TextRules.Url(column)); break;
            case "PhoneAttribute" when IsText(attribute): column.Rules.Add(TextRules.Phone(column)); break;
            case "CreditCardAttribute" when IsText(attribute): column.Rules.Add(TextRules.CreditCard(column)); break;
            case "AllowedValuesAttribute": Add(attribute, SetRules.Of(column, attribute, isAllowed: true)); break;
            case "DeniedValuesAttribute": Add(attribute, SetRules.Of(column, attribute, isAllowed: false)); break;
            case "CompareAttribute": AddComparison(attribute, "=="); break;
            case "StringLengthAttribute" or "MinLengthAttribute" or "MaxLengthAttribute" or "LengthAttribute" or "RegularExpressionAttribute"
                or "EmailAddressAttribute" or "UrlAttribute" or "PhoneAttribute" or "CreditCardAttribute":
                break;
            default: Say(attribute, RowDiagnostics.UnsupportedAttribute, Short(attribute)); break;
        }
    }

    private void ReadOurs(AttributeData attribute, string name)
    {
        switch (name)
        {
            case "FiniteAttribute":
                if (column.Type.Kind != CellKind.Number)
                {
                    Say(attribute, RowDiagnostics.WrongKind, Short(attribute), "fractional numbers", column.Property.Name, column.Property.Type.ToDisplayString());
                    break;
                }

                column.Rules.Add(new RuleCode("finite")
                {
                    OnDatasetRow = $"!double.IsInfinity(row.Number({CodeText.Literal(column.Name)}))",
                    IsRight = $"!double.IsInfinity({column.Value})",
                });
                break;
            case "UniqueAttribute": column.Rules.Add(new RuleCode("unique") { OnColumn = "Unique()" }); break;
            case "TimeRangeAttribute": Add(attribute, column.Type.Kind == CellKind.Time ? RangeRules.Of(column, attribute) : RuleResult.For("times")); break;
            case "EqualToAttribute": AddComparison(attribute, "=="); break;
            case "GreaterThanAttribute": AddComparison(attribute, ">"); break;
            case "AtLeastAttribute": AddComparison(attribute, ">="); break;
            case "LessThanAttribute": AddComparison(attribute, "<"); break;
            case "AtMostAttribute": AddComparison(attribute, "<="); break;
            case "SeverityAttribute":
                column.Severity = SeverityOf(attribute.ConstructorArguments[0]) ?? column.Severity;
                break;
            case "MostlyAttribute":
                column.Mostly = attribute.ConstructorArguments[0].Value as double?;
                if (column.Mostly is not (> 0 and <= 1))
                {
                    Refuse(attribute, "the share of rows that must be right lies above 0 and is at most 1, such as 0.99");
                }

                break;
            default: break;
        }
    }

    private void AddLength(AttributeData attribute, int min, int? max)
    {
        if (min < 0 || max < min)
        {
            Refuse(attribute, max < 0 ? "a column needs a length" : $"no text has a length in [{Number(min)}, {Number(max)}]");
            return;
        }

        if (min > 0)
        {
            column.Rules.Add(new RuleCode($"length ≥ {Number(min)}") { OnColumn = $"MinLength({Number(min)})", IsRight = $"{column.Value}!.Length >= {Number(min)}" });
        }

        if (max is not null)
        {
            column.Rules.Add(new RuleCode($"length ≤ {Number(max)}") { OnColumn = $"MaxLength({Number(max)})", IsRight = $"{column.Value}!.Length <= {Number(max)}" });
        }
    }

    private void AddPattern(AttributeData attribute, string pattern)
    {
        try
        {
            _ = new Regex(pattern);
            column.Rules.Add(TextRules.Pattern(column, $@"\A(?:{pattern})?\z"));
        }
        catch (System.ArgumentException error)
        {
            Refuse(attribute, $"the pattern is no regular expression: {error.Message}");
        }
    }

    private void AddComparison(AttributeData attribute, string sign)
    {
        var named = attribute.ConstructorArguments[0].Value as string;
        if (columns.Find(own => own.Property.Name == named) is not { } other || other == column)
        {
            Refuse(attribute, $"'{named}' is no other property that is a column");
        }
        else if (IsNumber(other) != IsNumber(column) || (!IsNumber(column) && other.Type.Kind != column.Type.Kind))
        {
            Refuse(attribute, $"'{named}' is of another kind ({other.Property.Type.ToDisplayString()}) and cannot be compared with {column.Property.Type.ToDisplayString()}");
        }
        else
        {
            column.Rules.Add(ComparisonRules.Of(column, other, sign));
        }
    }

    private void Add(AttributeData attribute, RuleResult result)
    {
        if (result.Problem is { } problem)
        {
            Refuse(attribute, problem);
        }
        else if (result.Judges is { } judges)
        {
            Say(attribute, RowDiagnostics.WrongKind, Short(attribute), judges, column.Property.Name, column.Property.Type.ToDisplayString());
        }
        else if (result.Rule is { } rule)
        {
            column.Rules.Add(rule);
        }
    }

    private bool IsText(AttributeData attribute)
    {
        if (column.Type.Kind != CellKind.Text)
        {
            Say(attribute, RowDiagnostics.WrongKind, Short(attribute), "text", column.Property.Name, column.Property.Type.ToDisplayString());
        }

        return column.Type.Kind == CellKind.Text;
    }

    private void Refuse(AttributeData attribute, string problem) => Say(attribute, RowDiagnostics.WrongArgument, Short(attribute), column.Property.Name, problem);

    private void Say(AttributeData attribute, DiagnosticDescriptor descriptor, params string[] arguments) =>
        findings.Add(Finding.At(attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? column.Property.Locations[0], descriptor, arguments));

    private static bool IsNumber(RowColumn column) => column.Type.Kind is CellKind.Number or CellKind.Whole or CellKind.Boolean;

    private static string? SeverityOf(TypedConstant severity) => severity.Type?.GetMembers().OfType<IFieldSymbol>()
        .FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, severity.Value))?.Name;

    private static string Short(AttributeData attribute)
    {
        var name = attribute.AttributeClass!.Name;
        return "[" + (name.EndsWith("Attribute", System.StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name) + "]";
    }

    private static object? Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "∞";

    private static bool IsValidation(AttributeData attribute)
    {
        for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            if (type.ToDisplayString() == Annotations + "ValidationAttribute")
            {
                return true;
            }
        }

        return false;
    }
}
