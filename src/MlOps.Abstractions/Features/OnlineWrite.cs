namespace MlOps.Features;

/// <summary>Rows to be added to a view.</summary>
public sealed record OnlineWrite
{
    private readonly TimeSpan _retention;

    /// <summary>The view.</summary>
    public required string View { get; init; }

    /// <summary>The rows, in any order; a row with the key, event time and id of an older one replaces it.</summary>
    public required IReadOnlyList<OnlineRow> Rows { get; init; }

    /// <summary>
    /// How long before an entity's newest row older rows are surely kept; zero, the default, keeps the newest, and an older event never replaces
    /// a newer one. Not negative.
    /// </summary>
    public TimeSpan Retention
    {
        get => _retention;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _retention = value;
        }
    }
}
