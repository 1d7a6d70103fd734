using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MlOps.Data.Generators;

/// <summary>Turns the attributes of one property into its rules.</summary>
internal sealed class AttributeReader(RowColumn column, List<RowColumn> columns, List<Finding> findings)
{
    private const string Annotations = "System.ComponentModel.DataAnnotations.";
    private const string Ours = "MlOps.Data.";
    private RuleCode _notNull = new("not null") { OnColumn = "NotNull()", IsRight = column.Has };

    public static bool IsRule(AttributeData attribute) =>
        IsValidation(attribute) || (attribute.AttributeClass?.ToDisplayString().StartsWith(Ours, StringComparison.Ordinal) ?? false);

    public void Read(IEnumerable<AttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            var name = attribute.AttributeClass?.ToDisplayString() ?? "";
            if (name.StartsWith(Ours, StringComparison.Ordinal))
            {
                ReadOurs(attribute, name.Substring(Ours.Length));
            }
            else if (IsValidation(attribute))
            {
                if (name.StartsWith(Annotations, StringComparison.Ordinal))
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
            column.Rules.Insert(0, _notNull);
        }
    }

    private void ReadAnnotation(AttributeData attribute, string name)
    {
        var arguments = attribute.ConstructorArguments;
        switch (name)
        {
            case "RequiredAttribute":
                column.IsRequired = true;
                _notNull = Titled(attribute, _notNull);
                Add(attribute, column.Type.Kind == CellKind.Text && Named(attribute, "AllowEmptyStrings") is not true ? RuleResult.Of(TextRules.NotBlank(column)) : RuleResult.Of());
                break;
            case "RangeAttribute": Add(attribute, RangeRules.Of(column, attribute)); break;
            case "StringLengthAttribute": AddText(attribute, () => TextRules.Length(column, Named(attribute, "MinimumLength") as int? ?? 0, Int(attribute, 0))); break;
            case "MinLengthAttribute": AddText(attribute, () => TextRules.Length(column, Int(attribute, 0) ?? 0, null)); break;
            case "MaxLengthAttribute": AddText(attribute, () => TextRules.Length(column, 0, arguments.Length == 0 ? -1 : Int(attribute, 0))); break;
            case "LengthAttribute": AddText(attribute, () => TextRules.Length(column, Int(attribute, 0) ?? 0, Int(attribute, 1))); break;
            case "RegularExpressionAttribute": AddText(attribute, () => TextRules.Pattern(column, arguments[0].Value as string ?? "")); break;
            case "EmailAddressAttribute": AddText(attribute, () => RuleResult.Of(TextRules.Format(column, "Email"))); break;
            case "UrlAttribute": AddText(attribute, () => RuleResult.Of(TextRules.Format(column, "Url"))); break;
            case "CreditCardAttribute": AddText(attribute, () => RuleResult.Of(TextRules.Format(column, "CreditCard"))); break;
            case "PhoneAttribute": AddText(attribute, () => RuleResult.Of(TextRules.Phone(column))); break;
            case "AllowedValuesAttribute": Add(attribute, SetRules.Of(column, attribute, isAllowed: true)); break;
            case "DeniedValuesAttribute": Add(attribute, SetRules.Of(column, attribute, isAllowed: false)); break;
            case "CompareAttribute": Add(attribute, Compare(attribute, "==")); break;
            default: Say(attribute, RowDiagnostics.UnsupportedAttribute, Short(attribute)); break;
        }
    }

    private void ReadOurs(AttributeData attribute, string name)
    {
        switch (name)
        {
            case "FiniteAttribute":
                Add(attribute, column.Type.Kind == CellKind.Number
                    ? RuleResult.Of(new RuleCode("finite") { OnColumn = "Finite()", IsRight = $"!double.IsInfinity({column.Value})" })
                    : RuleResult.For("fractional numbers"));
                break;
            case "UniqueAttribute": Add(attribute, RuleResult.Of(new RuleCode("unique") { OnColumn = "Unique()" })); break;
            case "TimeRangeAttribute": Add(attribute, column.Type.Kind == CellKind.Time ? RangeRules.Of(column, attribute) : RuleResult.For("times")); break;
            case "HasFormatAttribute":
                AddText(attribute, () => MemberOf(attribute.ConstructorArguments[0]) is { } member
                    ? RuleResult.Of(TextRules.Format(column, member))
                    : RuleResult.Wrong("there is no such format"));
                break;
            case "EqualToAttribute": Add(attribute, Compare(attribute, "==")); break;
            case "NotEqualToAttribute": Add(attribute, Compare(attribute, "!=")); break;
            case "GreaterThanAttribute": Add(attribute, Compare(attribute, ">")); break;
            case "AtLeastAttribute": Add(attribute, Compare(attribute, ">=")); break;
            case "LessThanAttribute": Add(attribute, Compare(attribute, "<")); break;
            case "AtMostAttribute": Add(attribute, Compare(attribute, "<=")); break;
            case "SeverityAttribute":
                column.Severity = MemberOf(attribute.ConstructorArguments[0]) ?? column.Severity;
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

    private RuleResult Compare(AttributeData attribute, string sign)
    {
        if (attribute.ConstructorArguments[0].Value is double limit)
        {
            return LimitRules.Of(column, sign, limit);
        }

        var named = attribute.ConstructorArguments[0].Value as string;
        return columns.Find(own => own.Property.Name == named) is not { } other || other == column
            ? RuleResult.Wrong($"'{named}' is no other property that is a column")
            : IsNumber(other) != IsNumber(column) || (!IsNumber(column) && other.Type.Kind != column.Type.Kind)
                ? RuleResult.Wrong($"'{named}' is of another kind ({other.Property.Type.ToDisplayString()}) and cannot be compared with {column.Property.Type.ToDisplayString()}")
                : RuleResult.Of(ComparisonRules.Of(column, other, sign));
    }

    private void AddText(AttributeData attribute, Func<RuleResult> rule) => Add(attribute, column.Type.Kind == CellKind.Text ? rule() : RuleResult.For("text"));

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
        else
        {
            column.Rules.AddRange(result.Rules.Select(rule => Titled(attribute, rule)));
        }
    }

    // A message of one's own takes the place of the rule's words, with the places that the attribute of .NET fills.
    private RuleCode Titled(AttributeData attribute, RuleCode rule)
    {
        if (Named(attribute, "ErrorMessage") is not string { Length: > 0 } message)
        {
            return rule;
        }

        var given = attribute.ConstructorArguments.Where(argument => argument.Kind == TypedConstantKind.Primitive).Select(argument => argument.Value);
        var arguments = attribute.AttributeClass!.Name == "StringLengthAttribute" ? given.Append(Named(attribute, "MinimumLength") ?? 0) : given;
        try
        {
            return rule with { Name = string.Format(CultureInfo.InvariantCulture, message, [column.Property.Name, .. arguments]), IsTitle = true };
        }
        catch (FormatException)
        {
            Refuse(attribute, "the message has places that the attribute does not fill, or a brace that is not doubled");
            return rule;
        }
    }

    private void Refuse(AttributeData attribute, string problem) => Say(attribute, RowDiagnostics.WrongArgument, Short(attribute), column.Property.Name, problem);

    private void Say(AttributeData attribute, DiagnosticDescriptor descriptor, params string[] arguments) =>
        findings.Add(Finding.At(attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? column.Property.Locations[0], descriptor, arguments));

    private static int? Int(AttributeData attribute, int argument) => attribute.ConstructorArguments[argument].Value as int?;

    private static bool IsNumber(RowColumn column) => column.Type.Kind is CellKind.Number or CellKind.Whole or CellKind.Boolean;

    private static string? MemberOf(TypedConstant value) => value.Type?.GetMembers().OfType<IFieldSymbol>()
        .FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value.Value))?.Name;

    private static string Short(AttributeData attribute)
    {
        var name = attribute.AttributeClass!.Name;
        return "[" + (name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name) + "]";
    }

    private static object? Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

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
