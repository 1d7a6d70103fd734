namespace MlOps.Tracking;

/// <summary>The words after a metric's name that ask for a summary of its points.</summary>
internal static class MetricSuffix
{
    private static readonly (string Suffix, MetricAggregate Aggregate)[] _all =
    [
        (".min", MetricAggregate.Min), (".max", MetricAggregate.Max), (".first", MetricAggregate.First), (".last", MetricAggregate.Latest),
        (".best", MetricAggregate.Best), (".count", MetricAggregate.Count),
    ];

    public static IEnumerable<string> Words => _all.Select(pair => pair.Suffix[1..]);

    public static string Of(MetricAggregate aggregate) => Array.Find(_all, pair => pair.Aggregate == aggregate).Suffix;

    public static MetricAggregate? Find(string suffix) =>
        Array.Find(_all, pair => pair.Suffix.Equals(suffix, StringComparison.Ordinal)) is { Suffix: not null } found ? found.Aggregate : null;

    /// <summary>Takes a summary's word off the end of an unquoted name; a name is never empty.</summary>
    public static (string Name, MetricAggregate Aggregate) Split(string name)
    {
        foreach (var (suffix, aggregate) in _all)
        {
            if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal))
            {
                return (name[..^suffix.Length], aggregate);
            }
        }

        return (name, MetricAggregate.Latest);
    }
}
