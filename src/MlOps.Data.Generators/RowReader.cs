using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Data.Generators;

/// <summary>Reads a type with the attribute: its columns, their rules and what is wrong with them.</summary>
internal static class RowReader
{
    private const string CheckedRow = "MlOps.Data.CheckedRowAttribute";
    private const string Schema = "System.ComponentModel.DataAnnotations.Schema.";

    public static GeneratedRow Read(GeneratorAttributeSyntaxContext target)
    {
        var type = (INamedTypeSymbol)target.TargetSymbol;
        List<Finding> findings = [];
        var file = type.ToDisplayString().Replace('<', '_').Replace('>', '_') + ".CheckedRow.g.cs";
        if (IsPossible(type, (TypeDeclarationSyntax)target.TargetNode, findings))
        {
            var settings = target.Attributes[0].NamedArguments.ToDictionary(argument => argument.Key, argument => argument.Value.Value);
            var naming = settings.TryGetValue("Naming", out var chosen) && chosen is int number ? number : 0;
            var columns = Columns(type, naming, findings);
            foreach (var column in columns)
            {
                new AttributeReader(column, columns, findings).Read(AttributesOf(column.Property));
            }

            if (columns.Count == 0)
            {
                findings.Add(Finding.At(type.Locations[0], RowDiagnostics.UnsupportedType, type.Name, "no property of it is a column"));
            }

            if (findings.TrueForAll(finding => finding.Descriptor.DefaultSeverity != DiagnosticSeverity.Error))
            {
                var name = settings.TryGetValue("Name", out var given) && given is string { Length: > 0 } text ? text : type.Name;
                return new GeneratedRow(file, new RowWriter(type, name, columns).Write(), new EquatableArray<Finding>([.. findings]));
            }
        }

        return new GeneratedRow(file, null, new EquatableArray<Finding>([.. findings]));
    }

    public static bool IsCheckedRow(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == CheckedRow);

    private static bool IsPossible(INamedTypeSymbol type, TypeDeclarationSyntax declaration, List<Finding> findings)
    {
        if (type.IsStatic || type.IsRefLikeType)
        {
            findings.Add(Finding.At(declaration.Identifier.GetLocation(), RowDiagnostics.UnsupportedType, type.Name, "it is static or a ref struct"));
        }

        for (SyntaxNode? node = declaration; node is TypeDeclarationSyntax around; node = node.Parent)
        {
            if (!around.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                findings.Add(Finding.At(around.Identifier.GetLocation(), RowDiagnostics.NotPartial, around.Identifier.Text));
            }

            if (around.TypeParameterList is not null)
            {
                findings.Add(Finding.At(around.Identifier.GetLocation(), RowDiagnostics.UnsupportedType, around.Identifier.Text, "it is generic"));
            }

            if (around.Modifiers.Any(SyntaxKind.FileKeyword))
            {
                findings.Add(Finding.At(around.Identifier.GetLocation(), RowDiagnostics.UnsupportedType, around.Identifier.Text, "it is local to its file"));
            }
        }

        return findings.Count == 0;
    }

    private static List<RowColumn> Columns(INamedTypeSymbol type, int naming, List<Finding> findings)
    {
        List<RowColumn> columns = [];
        foreach (var property in Properties(type))
        {
            var attributes = AttributesOf(property).ToList();
            if (!IsColumn(property, attributes))
            {
                continue;
            }

            if (CellType.Of(property) is not { } cell)
            {
                findings.Add(Finding.At(property.Locations[0], RowDiagnostics.NotAColumn, property.Name, property.Type.ToDisplayString()));
                continue;
            }

            var given = attributes.FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == Schema + "ColumnAttribute");
            var name = given?.ConstructorArguments.FirstOrDefault().Value is string { Length: > 0 } text ? text : naming switch
            {
                1 => CodeText.SnakeCase(property.Name),
                2 => CodeText.CamelCase(property.Name),
                _ => property.Name,
            };
            if (columns.Find(column => column.Name == name) is { } same)
            {
                findings.Add(Finding.At(property.Locations[0], RowDiagnostics.SameColumn, same.Property.Name, property.Name, name));
                continue;
            }

            columns.Add(new RowColumn(property, name, cell, columns.Count));
        }

        return columns;
    }

    // Those of a base type come first; one that is overridden or hidden counts where it is declared last.
    private static IEnumerable<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        List<INamedTypeSymbol> types = [];
        for (var own = type; own is { SpecialType: not SpecialType.System_Object and not SpecialType.System_ValueType }; own = own.BaseType)
        {
            types.Insert(0, own);
        }

        var all = types.SelectMany(own => own.GetMembers().OfType<IPropertySymbol>()).ToList();
        return all.Where(property =>
            property is { IsStatic: false, IsIndexer: false, GetMethod: not null, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal }
            && all.FindLast(other => other.Name == property.Name)!.Equals(property, SymbolEqualityComparer.Default));
    }

    private static IEnumerable<AttributeData> AttributesOf(IPropertySymbol property)
    {
        var parameter = property.ContainingType.IsRecord
            ? property.ContainingType.InstanceConstructors
                .FirstOrDefault(constructor => constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is RecordDeclarationSyntax))
                ?.Parameters.FirstOrDefault(own => own.Name == property.Name)
            : null;
        return parameter is null ? property.GetAttributes() : property.GetAttributes().Concat(parameter.GetAttributes());
    }

    private static bool IsColumn(IPropertySymbol property, List<AttributeData> attributes)
    {
        if (attributes.Exists(attribute => attribute.AttributeClass?.ToDisplayString() == Schema + "NotMappedAttribute"))
        {
            return false;
        }

        // What is computed from other properties is none of the data, unless it is asked for.
        return property.SetMethod is not null
            || property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
            || attributes.Exists(attribute => attribute.AttributeClass?.ToDisplayString() == Schema + "ColumnAttribute" || AttributeReader.IsRule(attribute));
    }
}
