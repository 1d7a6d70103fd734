namespace MlOps.Reports.Charts;

/// <summary>One line of a <see cref="LineChart"/>.</summary>
public sealed record LineSeries
{
    /// <summary>What the line is called in the legend.</summary>
    public required string Name { get; init; }

    /// <summary>The points; drawn from left to right whatever their order here.</summary>
    public required IReadOnlyList<ChartPoint> Points { get; init; }

    /// <summary>Makes a line from values at 0, 1, 2 and so on.</summary>
    /// <param name="name">The line's name in the legend.</param>
    /// <param name="values">The values; NaN is a gap.</param>
    public static LineSeries Of(string name, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new() { Name = name, Points = [.. values.Select((value, index) => new ChartPoint(index, value))] };
    }

    /// <summary>Makes a line from pairs of numbers.</summary>
    /// <param name="name">The line's name in the legend.</param>
    /// <param name="points">The pairs; a NaN value is a gap.</param>
    public static LineSeries Of(string name, IEnumerable<(double X, double Y)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new() { Name = name, Points = [.. points.Select(point => new ChartPoint(point.X, point.Y))] };
    }

    /// <summary>Makes a line over time, shown in UTC.</summary>
    /// <param name="name">The line's name in the legend.</param>
    /// <param name="points">Instants with their values; a NaN value is a gap.</param>
    public static LineSeries Of(string name, IEnumerable<(DateTimeOffset Time, double Y)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new() { Name = name, Points = [.. points.Select(point => new ChartPoint(point.Time, point.Y))] };
    }
}
