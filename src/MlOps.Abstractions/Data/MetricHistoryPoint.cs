using System.Globalization;

namespace MlOps.Data;

/// <summary>One value of a metric of data, such as the mean of a column on a day.</summary>
public sealed record MetricHistoryPoint
{
    /// <summary>What the value is of; points of one series are compared with each other.</summary>
    public required string Series { get; init; }

    /// <summary>When it was measured; kept in UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The value; finite.</summary>
    public required double Value { get; init; }

    /// <summary>The data version or the run that it was measured on; null (default) where nobody said.</summary>
    public string? Reference { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Series} {Time:u} {Value}{(Reference is null ? "" : $" ({Reference})")}");
}
