using System.Globalization;
using MlOps.Statistics;

namespace MlOps.Tracking;

/// <summary>Finds the repeats of compared runs, and says by them how far a difference between metrics may be chance.</summary>
internal sealed class RepeatedRuns(IExperimentTracker tracker)
{
    // Each is read as a whole; more of them change the answer little.
    private const int MostRuns = 200;

    private readonly Dictionary<string, List<RunDetails>> _byExperiment = new(StringComparer.Ordinal);

    /// <summary>Adds what the repeats say to the differences of metrics.</summary>
    public async Task<IReadOnlyList<RunDifference>> DescribeAsync(
        IReadOnlyList<RunDetails> runs, IReadOnlyList<RunDifference> differences, CancellationToken cancellationToken)
    {
        if (!differences.Any(difference => difference.Kind == RunDifferenceKind.Metric))
        {
            return differences;
        }

        var groups = new List<List<RunDetails>>();
        foreach (var run in runs)
        {
            groups.Add(await FindAsync(run, cancellationToken).ConfigureAwait(false));
        }

        return groups.TrueForAll(group => group.Count < 2) ? differences
            : [.. differences.Select(difference =>
                difference.Kind == RunDifferenceKind.Metric ? Describe(difference, groups) : difference)];
    }

    private static RunDifference Describe(RunDifference difference, List<List<RunDetails>> groups)
    {
        double[][] values = [.. groups.Select(group => group
            .Where(run => run.Metrics.ContainsKey(difference.Name))
            .Select(run => run.Metrics[difference.Name].Value)
            .Where(double.IsFinite)
            .ToArray())];
        var texts = values.Select(Describe);
        // Of two that are repeats of each other, the difference is chance and nothing else.
        double? chance = groups is [var one, var other] && !one.Exists(other.Contains) && values.All(side => side.Length > 1)
            ? WelchT.Test(values[0], values[1]).PValue
            : null;
        return difference with
        {
            Repeats = values,
            PValue = chance,
            Detail = string.Join("; ", texts) + (chance is { } p ? string.Create(CultureInfo.InvariantCulture, $"; p = {p:G3}") : ""),
        };
    }

    private static string Describe(double[] values)
    {
        if (values.Length < 2)
        {
            return "no repeats";
        }

        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{mean:G6} ± {deviation:G2} in {values.Length} repeats");
    }

    /// <summary>The finished runs of the same experiment, parameters and inputs, the run itself among them.</summary>
    private async Task<List<RunDetails>> FindAsync(RunDetails run, CancellationToken cancellationToken)
    {
        if (!_byExperiment.TryGetValue(run.Info.Experiment, out var all))
        {
            all = [];
            var found = await tracker.SearchRunsAsync(
                new RunQuery { Experiment = run.Info.Experiment, Status = RunStatus.Finished, Limit = MostRuns }, cancellationToken)
                    .ConfigureAwait(false);
            foreach (var info in found.Runs)
            {
                if (await tracker.FindRunAsync(info.Id, cancellationToken).ConfigureAwait(false) is { } details)
                {
                    all.Add(details);
                }
            }

            _byExperiment[run.Info.Experiment] = all;
        }

        return [.. all.Where(other =>
            other.Info.Id == run.Info.Id || (AreEqual(run.Parameters, other.Parameters) && AreEqual(run.Inputs, other.Inputs)))];
    }

    private static bool AreEqual(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count
        && one.All(pair => other.TryGetValue(pair.Key, out var value) && string.Equals(pair.Value, value, StringComparison.Ordinal));
}
