using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Data.Generators;

/// <summary>A diagnostic with its place, comparable so that the compiler can keep what has not changed.</summary>
internal sealed record Finding(DiagnosticDescriptor Descriptor, string? File, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    public static Finding At(Location? location, DiagnosticDescriptor descriptor, params string[] arguments)
    {
        var lines = location?.GetLineSpan();
        return new Finding(descriptor, lines?.Path, location?.SourceSpan ?? default, lines?.Span ?? default, new EquatableArray<string>(arguments));
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, File is null ? Location.None : Location.Create(File, Span, Lines), Arguments.Items);
}
