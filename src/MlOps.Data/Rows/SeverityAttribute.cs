namespace MlOps.Data;

/// <summary>What it means that the property's value is wrong; without it, an error.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class SeverityAttribute : Attribute
{
    /// <summary>Gives the severity of all the property's rules.</summary>
    /// <param name="severity">What a violation means.</param>
    public SeverityAttribute(CheckSeverity severity) => Severity = severity;

    /// <summary>What a violation means.</summary>
    public CheckSeverity Severity { get; }
}
