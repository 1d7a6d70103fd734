using System.Globalization;

namespace MlOps.Tracking;

/// <summary>What a process that reproduces a run is told through its environment.</summary>
public static class ReproductionProcess
{
    /// <summary>The tag that names, on a reproduced run, the run it reproduces.</summary>
    public const string Tag = "mlops.reproduces";

    /// <summary>
    /// The environment variable that names the only workspace which the process may open, whatever its arguments say: a reproduction never
    /// writes to the workspace of the original.
    /// </summary>
    public const string WorkspaceVariable = "MLOPS_REPRODUCTION_WORKSPACE";

    private const string RunVariable = "MLOPS_REPRODUCES";

    /// <summary>The variables for a process that reproduces a run.</summary>
    internal static IEnumerable<KeyValuePair<string, string?>> Variables(RunDetails run, string workspace) =>
    [
        new(WorkspaceVariable, workspace),
        new(RunVariable, string.Create(CultureInfo.InvariantCulture, $"{run.Info.Id} {NumberOf(run)} {run.Info.Experiment}")),
    ];

    /// <summary>The run that this process's run of an experiment and a number reproduces; null for all others.</summary>
    internal static string? ReproducedBy(string experiment, int number) =>
        Environment.GetEnvironmentVariable(RunVariable) is { } reproduced ? ReproducedBy(reproduced, experiment, number) : null;

    internal static string? ReproducedBy(string variable, string experiment, int number) =>
        variable.Split(' ', 3) is [var run, var wanted, var name] && string.Equals(name, experiment, StringComparison.Ordinal)
            && string.Equals(wanted, number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ? run
            : null;

    private static int NumberOf(RunDetails run) => Math.Max(1, run.Snapshot.RunNumber);
}
