namespace MlOps.Tracking;

/// <summary>Which part of a metric's history is read, and how many points of it at the most.</summary>
public sealed record MetricHistoryOptions
{
    /// <summary>
    /// The fewest points that <see cref="MaximumPoints"/> may ask for: the first, the last, the least, the greatest and a NaN.
    /// </summary>
    public const int FewestPoints = 5;

    /// <summary>The first step that is read. Default: from the beginning.</summary>
    public long? FromStep { get; init; }

    /// <summary>The last step that is read. Default: to the end.</summary>
    public long? ToStep { get; init; }

    /// <summary>
    /// The most points to give; a longer history is thinned out in the store by <see cref="MetricDownsampler"/>, which keeps its extremes.
    /// At least <see cref="FewestPoints"/>. Default: all points.
    /// </summary>
    public int? MaximumPoints
    {
        get;
        init
        {
            if (value < FewestPoints)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(MaximumPoints),
                    value,
                    $"A history is drawn with at least {FewestPoints} points; ask for more, or for all with null.");
            }

            field = value;
        }
    }
}
