namespace MlOps.Data;

/// <summary>The text has a form, such as that of an IBAN.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class HasFormatAttribute : Attribute
{
    /// <summary>Names the form.</summary>
    /// <param name="format">The form of the whole text.</param>
    public HasFormatAttribute(TextFormat format) => Format = format;

    /// <summary>The form of the whole text.</summary>
    public TextFormat Format { get; }
}
