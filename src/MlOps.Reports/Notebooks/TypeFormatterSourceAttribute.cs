using System.Diagnostics.CodeAnalysis;

// The notebook finds the attribute by its simple name and reads these two properties by name, so no package is referenced.
#pragma warning disable IDE0130 // The namespace is the notebook's, on purpose: readers of the metadata look for it there.
namespace Microsoft.DotNet.Interactive.Formatting;
#pragma warning restore IDE0130

[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    Type formatterSourceType) : Attribute
{
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}
