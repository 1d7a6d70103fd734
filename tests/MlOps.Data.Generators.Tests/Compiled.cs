using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MlOps.Data.Generators.Tests;

/// <summary>Source that the generator has seen.</summary>
internal static class Compiled
{
    private const string Usings = "using MlOps.Data; using System; using System.Collections.Generic; using System.ComponentModel.DataAnnotations; using System.ComponentModel.DataAnnotations.Schema;\n";

    private static readonly MetadataReference[] _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpParseOptions Options { get; } = new(LanguageVersion.Latest);

    /// <summary>What the generator says of a type, with the text that each diagnostic points at, and what the compiler says of the result.</summary>
    public static (string[] Findings, string[] Errors) Of(string source)
    {
        var compilation = Compile(source);
        CSharpGeneratorDriver.Create([new CheckedRowGenerator().AsSourceGenerator()], parseOptions: Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var updated, out var findings);
        return (
            [.. findings.Select(finding => $"{finding.Id} at '{finding.Location.SourceTree?.GetText().ToString(finding.Location.SourceSpan) ?? TextAt(compilation, finding)}': {finding.GetMessage(null)}")],
            Errors(updated.GetDiagnostics()));
    }

    public static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Rows",
        [CSharpSyntaxTree.ParseText(Usings + source, Options, "Rows.cs")],
        _references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error));

    private static string TextAt(CSharpCompilation compilation, Diagnostic finding) =>
        compilation.SyntaxTrees[0].GetText().ToString(finding.Location.SourceSpan);

    private static string[] Errors(ImmutableArray<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !diagnostic.Id.StartsWith("CS1701", StringComparison.Ordinal)).Select(diagnostic => diagnostic.ToString())];
}
