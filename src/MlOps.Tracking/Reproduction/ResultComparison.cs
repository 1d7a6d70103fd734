using System.Globalization;
using System.IO.Compression;
using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>Compares what two runs came to: every point of every metric, every file, and the runs nested in them.</summary>
internal sealed class ResultComparison(
    (IExperimentTracker Tracking, IBlobStore Blobs) original,
    (IExperimentTracker Tracking, IBlobStore Blobs) reproduced,
    ReproductionOptions options)
{
    private const int MostNested = 1000;

    // Of a model, not of a data set: reading two larger ones to look for equal content costs more than it tells.
    private const long LargestArchive = 1L << 30;

    private readonly List<RunDifference> _differences = [];
    private bool _beyondTolerance;

    public IReadOnlyList<RunDifference> Differences => _differences;

    public ReproductionVerdict Verdict =>
        _differences.Count == 0 ? ReproductionVerdict.BitEqual
        : _beyondTolerance ? ReproductionVerdict.Different
        : ReproductionVerdict.EqualWithinTolerance;

    public async Task CompareAsync(RunDetails before, RunDetails after, CancellationToken cancellationToken) =>
        await CompareAsync(before, after, "", cancellationToken).ConfigureAwait(false);

    private async Task CompareAsync(RunDetails before, RunDetails after, string prefix, CancellationToken cancellationToken)
    {
        if (before.Info.Status != after.Info.Status)
        {
            Add(RunDifferenceKind.Outcome, prefix + "status", Describe(before.Info), Describe(after.Info));
        }

        CompareTexts(RunDifferenceKind.Parameter, prefix, before.Parameters, after.Parameters);
        CompareTexts(RunDifferenceKind.Input, prefix, before.Inputs, after.Inputs);
        foreach (var metric in Names(before.Metrics.Keys, after.Metrics.Keys)
            .Where(name => !NamePatterns.Match(name, options.IgnoredMetrics)))
        {
            var left = await original.Tracking.GetMetricHistoryAsync(before.Info.Id, metric, cancellationToken: cancellationToken).ConfigureAwait(false);
            var right = await reproduced.Tracking.GetMetricHistoryAsync(after.Info.Id, metric, cancellationToken: cancellationToken).ConfigureAwait(false);
            CompareMetric(prefix + metric, left, right);
        }

        await CompareArtifactsAsync(before, after, prefix, cancellationToken).ConfigureAwait(false);
        await CompareNestedAsync(before, after, prefix, cancellationToken).ConfigureAwait(false);
    }

    private static string Describe(RunInfo run) => run.Failure is null ? $"{run.Status}" : $"{run.Status}: {run.Failure}";

    private static IEnumerable<string> Names(IEnumerable<string> one, IEnumerable<string> other) =>
        one.Union(other, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private void CompareTexts(
        RunDifferenceKind kind, string prefix, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        foreach (var name in Names(before.Keys, after.Keys))
        {
            var (left, right) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            if (!string.Equals(left, right, StringComparison.Ordinal))
            {
                Add(kind, prefix + name, left, right);
            }
        }
    }

    private void CompareMetric(string name, IReadOnlyList<MetricPoint> before, IReadOnlyList<MetricPoint> after)
    {
        if (before.Count != after.Count)
        {
            Add(RunDifferenceKind.Metric, name, Points(before.Count), Points(after.Count));
            return;
        }

        var (first, different, greatest) = (-1, 0, 0.0);
        for (var i = 0; i < before.Count; i++)
        {
            if (before[i].Step != after[i].Step)
            {
                Add(RunDifferenceKind.Metric, name, $"step {before[i].Step} at {i + 1}", $"step {after[i].Step} at {i + 1}");
                return;
            }

            // All NaN are one to a store; zero and minus zero are two.
            if (BitConverter.DoubleToInt64Bits(before[i].Value) != BitConverter.DoubleToInt64Bits(after[i].Value)
                && !(double.IsNaN(before[i].Value) && double.IsNaN(after[i].Value)))
            {
                first = first < 0 ? i : first;
                different++;
                greatest = Math.Max(greatest, Distance(before[i].Value, after[i].Value));
            }
        }

        if (different > 0)
        {
            var detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{different} of {before.Count} points, first at step {before[first].Step}, at most {greatest:G3} apart");
            var (left, right) = (Number(before[first].Value), Number(after[first].Value));
            Add(RunDifferenceKind.Metric, name, left, right, detail, greatest <= options.Tolerance);
        }
    }

    private static string Points(int count) => count == 0 ? "no point" : string.Create(CultureInfo.InvariantCulture, $"{count} points");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Where one is not a number or both are not finite, no tolerance makes them equal.
    private static double Distance(double one, double other) =>
        double.IsFinite(one) && double.IsFinite(other)
            ? Math.Abs(one - other) / Math.Max(1, Math.Max(Math.Abs(one), Math.Abs(other)))
            : double.PositiveInfinity;

    private async Task CompareArtifactsAsync(RunDetails before, RunDetails after, string prefix, CancellationToken cancellationToken)
    {
        var left = before.Artifacts.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var right = after.Artifacts.ToDictionary(file => file.Path, StringComparer.Ordinal);
        foreach (var path in Names(left.Keys, right.Keys)
            .Where(path => path != UncommittedDiff.ArtifactPath && !NamePatterns.Match(path, options.IgnoredArtifacts)))
        {
            var (one, other) = (left.GetValueOrDefault(path), right.GetValueOrDefault(path));
            if (one?.Hash != other?.Hash)
            {
                var equalInside = one is not null && other is not null
                    && await HoldEqualFilesAsync(one, other, cancellationToken).ConfigureAwait(false);
                Add(
                    RunDifferenceKind.Artifact, prefix + path, one is null ? null : DifferenceTable.Describe(one),
                    other is null ? null : DifferenceTable.Describe(other), equalInside ? "archives of equal files" : null, equalInside);
            }
        }
    }

    // A zip file holds the times of its files, and so never has the same bytes twice.
    private async Task<bool> HoldEqualFilesAsync(StoredFile one, StoredFile other, CancellationToken cancellationToken)
    {
        if (!one.Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) || Math.Max(one.Length, other.Length) > LargestArchive)
        {
            return false;
        }

        try
        {
            var left = await original.Blobs.OpenReadAsync(one.Hash, cancellationToken).ConfigureAwait(false);
            await using (left.ConfigureAwait(false))
            {
                var right = await reproduced.Blobs.OpenReadAsync(other.Hash, cancellationToken).ConfigureAwait(false);
                await using (right.ConfigureAwait(false))
                {
                    using ZipArchive before = new(left), after = new(right);
                    return Entries(before).SequenceEqual(Entries(after));
                }
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        static IEnumerable<(string, long, uint)> Entries(ZipArchive archive) =>
            archive.Entries.Select(entry => (entry.FullName, entry.Length, entry.Crc32)).Order();
    }

    private async Task CompareNestedAsync(RunDetails before, RunDetails after, string prefix, CancellationToken cancellationToken)
    {
        var left = await NestedAsync(original.Tracking, before.Info.Id, cancellationToken).ConfigureAwait(false);
        var right = await NestedAsync(reproduced.Tracking, after.Info.Id, cancellationToken).ConfigureAwait(false);
        foreach (var experiment in Names(left.Select(run => run.Info.Experiment), right.Select(run => run.Info.Experiment)))
        {
            RunDetails[] earlier = [.. left.Where(run => run.Info.Experiment == experiment)];
            RunDetails[] later = [.. right.Where(run => run.Info.Experiment == experiment)];
            if (earlier.Length != later.Length)
            {
                Add(RunDifferenceKind.Outcome, $"{prefix}nested runs of {experiment}", Count(earlier.Length), Count(later.Length));
            }

            foreach (var (index, (one, other)) in earlier.Zip(later).Index())
            {
                await CompareAsync(one, other, $"{prefix}{experiment} {index + 1}: ", cancellationToken).ConfigureAwait(false);
            }
        }

        static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
    }

    // In the order in which their process started them.
    private static async Task<RunDetails[]> NestedAsync(IExperimentTracker tracking, RunId parent, CancellationToken cancellationToken)
    {
        var nested = new List<RunDetails>();
        var found = await tracking.SearchRunsAsync(new RunQuery { Parent = parent, Limit = MostNested }, cancellationToken)
            .ConfigureAwait(false);
        foreach (var run in found.Runs)
        {
            if (await tracking.FindRunAsync(run.Id, cancellationToken).ConfigureAwait(false) is { } details)
            {
                nested.Add(details);
            }
        }

        return [.. nested.OrderBy(run => run.Snapshot.RunNumber).ThenBy(run => run.Info.Id.Value, StringComparer.Ordinal)];
    }

    private void Add(
        RunDifferenceKind kind, string name, string? before, string? after, string? detail = null, bool withinTolerance = false)
    {
        _differences.Add(new RunDifference { Kind = kind, Name = name, Values = [before, after], Detail = detail });
        _beyondTolerance |= !withinTolerance;
    }
}
