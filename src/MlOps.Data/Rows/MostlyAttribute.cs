namespace MlOps.Data;

/// <summary>Lets the property's rules pass on a data set when at least this share of the rows is right. A single row is judged without it.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class MostlyAttribute : Attribute
{
    /// <summary>Gives the share.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public MostlyAttribute(double share) => Share = share;

    /// <summary>The share of rows that must be right.</summary>
    public double Share { get; }
}
