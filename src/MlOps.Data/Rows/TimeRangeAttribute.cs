namespace MlOps.Data;

/// <summary>The time lies in a span, both ends inclusive. As <c>[Range(typeof(DateTime), …)]</c>, but without a warning when published trimmed or as native code.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TimeRangeAttribute : Attribute
{
    /// <summary>Gives the span.</summary>
    /// <param name="earliest">Such as 2026-01-31 or 2026-01-31T12:30:00Z; UTC unless it has an offset.</param>
    /// <param name="latest">The same for the end.</param>
    public TimeRangeAttribute(string earliest, string latest) => (Earliest, Latest) = (earliest, latest);

    /// <summary>The earliest time.</summary>
    public string Earliest { get; }

    /// <summary>The latest time.</summary>
    public string Latest { get; }
}
