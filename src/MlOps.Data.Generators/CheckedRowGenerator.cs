using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Data.Generators;

/// <summary>Writes the checks of partial types with <c>MlOps.Data.CheckedRowAttribute</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CheckedRowGenerator : IIncrementalGenerator
{
    /// <summary>What the step that reads a type is called, for those who watch what is done again.</summary>
    public const string RowsStep = "Rows";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var rows = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "MlOps.Data.CheckedRowAttribute",
                static (node, _) => node is TypeDeclarationSyntax,
                static (target, _) => RowReader.Read(target))
            .WithTrackingName(RowsStep);
        context.RegisterSourceOutput(rows, static (production, row) =>
        {
            foreach (var finding in row.Findings.Items)
            {
                production.ReportDiagnostic(finding.ToDiagnostic());
            }

            if (row.Source is { } source)
            {
                production.AddSource(row.File, source);
            }
        });
    }
}
