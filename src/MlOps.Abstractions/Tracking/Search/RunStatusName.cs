using MlOps.Data;

namespace MlOps.Tracking;

/// <summary>What filters call a status: MLflow's names where it has them, and LOST.</summary>
public static class RunStatusName
{
    private static readonly string[] _names = ["RUNNING", "FINISHED", "FAILED", "KILLED", "LOST"];

    /// <summary>The name of a status.</summary>
    public static string Of(RunStatus status) => _names[(int)status];

    /// <summary>The name that a text means, in whatever case; null when it means none. SCHEDULED is a name that no run has.</summary>
    internal static string? Find(string text) => text.ToUpperInvariant() switch
    {
        "CANCELLED" => _names[(int)RunStatus.Cancelled],
        "SCHEDULED" => "SCHEDULED",
        var upper => Array.Find(_names, name => name == upper),
    };

    internal static string? Nearest(string text) => NearestName.Of(text, [.. _names, "CANCELLED", "SCHEDULED"]);
}
