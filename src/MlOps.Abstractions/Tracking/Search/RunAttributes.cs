namespace MlOps.Tracking;

/// <summary>The attributes of runs, with the aliases that MLflow knows.</summary>
internal static class RunAttributes
{
    public const string User = "user_id";

    private static readonly Dictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["created"] = "start_time",
        ["run name"] = "run_name",
        ["experiment_name"] = "experiment",
    };

    public static IReadOnlyList<string> Names { get; } =
    [
        "run_id", "run_name", "experiment", "status", "start_time", "end_time", "duration", "parent", "host", "failure", User, "artifact_uri",
    ];

    public static string? Find(string name) =>
        _aliases.TryGetValue(name, out var canonical)
            ? canonical
            : Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static bool IsTime(string name) => name is "start_time" or "end_time";
}
