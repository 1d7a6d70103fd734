namespace MlOps.Tracking;

/// <summary>Compares recorded runs.</summary>
public static class RunComparisonExtensions
{
    /// <summary>
    /// Reads runs and says in what they differ; how the values of a metric spread where a run was repeated, and what git says about
    /// their code.
    /// </summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.RunNotFound"/>.</exception>
    public static async Task<RunComparison> CompareAsync(
        this IExperimentTracker tracker, IReadOnlyList<RunId> runs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        ArgumentNullException.ThrowIfNull(runs);
        var details = new List<RunDetails>();
        foreach (var run in runs)
        {
            details.Add(await tracker.FindRunAsync(run, cancellationToken).ConfigureAwait(false)
                ?? throw new MlOpsException(ErrorCodes.RunNotFound, $"There is no run '{run}' to compare: list runs to see their ids."));
        }

        var comparison = RunComparison.Of(details);
        return comparison with
        {
            Differences = await new RepeatedRuns(tracker).DescribeAsync(details, comparison.Differences, cancellationToken)
                .ConfigureAwait(false),
            CodeChanges = await CodeChangesAsync(details, cancellationToken).ConfigureAwait(false),
        };
    }

    private static async Task<string?> CodeChangesAsync(List<RunDetails> runs, CancellationToken cancellationToken)
    {
        if (runs is not [{ Snapshot: var first }, .., { Snapshot: var last }]
            || first.GitCommit is not { } from || last.GitCommit is not { } to || string.Equals(from, to, StringComparison.Ordinal))
        {
            return null;
        }

        string[] diff = ["diff", "--stat=100", "--no-color", "--no-ext-diff", from, to, "--"];
        foreach (var folder in new[] { last.GitRoot, first.GitRoot, Environment.CurrentDirectory })
        {
            if (folder is not null && Directory.Exists(folder)
                && await GitCommand.ReadAsync(folder, diff, cancellationToken).ConfigureAwait(false) is { } changes)
            {
                return changes.TrimEnd();
            }
        }

        return null;
    }
}
