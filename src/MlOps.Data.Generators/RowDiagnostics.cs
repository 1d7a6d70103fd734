using Microsoft.CodeAnalysis;

namespace MlOps.Data.Generators;

/// <summary>What the compiler says about checked rows; docs/diagnostics.md explains each.</summary>
internal static class RowDiagnostics
{
    private const string Category = "MlOps.Data";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "MLOPS001", "A checked row is not partial", "'{0}' must be partial, so that its checks can be added to it");

    public static readonly DiagnosticDescriptor UnsupportedType = Error("MLOPS002", "A type cannot be a checked row", "'{0}' cannot be a checked row: {1}");

    public static readonly DiagnosticDescriptor NotAColumn = new(
        "MLOPS003",
        "A property is no column",
        "'{0}' is of the type '{1}', which no column holds: leave it out with [NotMapped], or use a number, text, a boolean, a time or one of them with '?'",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor UnsupportedAttribute = Error(
        "MLOPS004",
        "A validation attribute is not supported",
        "'{0}' is a validation attribute that checked rows do not know, so that its rule would not be checked: take it away, or write the rule as a check of the suite");

    public static readonly DiagnosticDescriptor WrongKind = Error(
        "MLOPS005", "An attribute does not fit the property's type", "'{0}' judges {1}, and '{2}' is of the type '{3}'");

    public static readonly DiagnosticDescriptor WrongArgument = Error("MLOPS006", "An attribute's argument is wrong", "'{0}' on '{1}': {2}");

    public static readonly DiagnosticDescriptor SameColumn = Error(
        "MLOPS007", "Two properties name one column", "'{0}' and '{1}' are both the column '{2}': give one of them another name with [Column]");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
