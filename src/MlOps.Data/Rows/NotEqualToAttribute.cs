namespace MlOps.Data;

/// <summary>The value differs from another property's of the same row; rows where either is missing are passed over. Texts compare by code units.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class NotEqualToAttribute : Attribute
{
    /// <summary>Names the other property.</summary>
    /// <param name="property">A property of the same type that is a column of the same kind, given by <c>nameof</c>.</param>
    public NotEqualToAttribute(string property) => Property = property;

    /// <summary>The other property.</summary>
    public string Property { get; }
}
