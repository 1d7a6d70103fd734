namespace MlOps.Data;

/// <summary>The value is less than a number, or another property's of the same row; where either is missing, it is not judged. Texts compare by code units.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class LessThanAttribute : Attribute
{
    /// <summary>Names the other property.</summary>
    /// <param name="property">A property of the same type that is a column of the same kind, given by <c>nameof</c>.</param>
    public LessThanAttribute(string property) => Property = property;

    /// <summary>Gives the number.</summary>
    /// <param name="limit">Finite.</param>
    public LessThanAttribute(double limit) => Limit = limit;

    /// <summary>The other property; null for a number.</summary>
    public string? Property { get; }

    /// <summary>The number; NaN for another property.</summary>
    public double Limit { get; } = double.NaN;
}
