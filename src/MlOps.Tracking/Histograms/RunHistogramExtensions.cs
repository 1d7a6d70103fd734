using System.Globalization;
using System.Text.Json;
using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>Stores distributions with a run, such as those of weights or gradients at each epoch, and reads them again.</summary>
/// <remarks>A distribution is the file <c>histograms/NAME/STEP.json</c> of the run, a few kilobytes at the most.</remarks>
public static class RunHistogramExtensions
{
    private const string Folder = "histograms";

    /// <summary>Stores the distribution of values at a step, replacing one that is there.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>: the name cannot be part of a path.</exception>
    public static Task LogHistogramAsync(
        this IRun run, string name, ReadOnlySpan<double> values, long step = 0, CancellationToken cancellationToken = default) =>
        LogHistogramAsync(run, name, ExponentialHistogram.Of(values), step, cancellationToken);

    /// <summary>Stores a distribution at a step, replacing one that is there.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>: the name cannot be part of a path.</exception>
    public static async Task LogHistogramAsync(
        this IRun run, string name, ExponentialHistogram histogram, long step = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(histogram);
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(histogram, HistogramJson.Default.ExponentialHistogram));
        var path = string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}/{step}.json");
        await run.LogArtifactAsync(path, content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the distributions that a run left under a name, by step; empty when there is none.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.RunNotFound"/>; <see cref="ErrorCodes.FileCorrupt"/>: a file is no histogram.
    /// </exception>
    public static async Task<IReadOnlyList<HistogramPoint>> ReadHistogramsAsync(
        this IExperimentTracker tracker, RunId run, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        var prefix = PathOf(name) + "/";
        var details = await tracker.FindRunAsync(run, cancellationToken).ConfigureAwait(false)
            ?? throw new MlOpsException(ErrorCodes.RunNotFound, $"There is no run '{run}' in this workspace: list runs to see their ids.");
        var points = new List<HistogramPoint>();
        foreach (var file in details.Artifacts.Where(file => file.Path.StartsWith(prefix, StringComparison.Ordinal)))
        {
            // In deeper folders lie those of longer names.
            var stored = file.Path[prefix.Length..];
            if (!stored.Contains('/', StringComparison.Ordinal)
                && long.TryParse(Path.GetFileNameWithoutExtension(stored), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var step))
            {
                points.Add(new HistogramPoint(step, await ReadAsync(tracker, details.Info.Id, file, cancellationToken).ConfigureAwait(false)));
            }
        }

        points.Sort(static (left, right) => left.Step.CompareTo(right.Step));
        return points;
    }

    private static async Task<ExponentialHistogram> ReadAsync(
        IExperimentTracker tracker, RunId run, StoredFile file, CancellationToken cancellationToken)
    {
        var content = await tracker.OpenArtifactAsync(run, file.Path, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            try
            {
                return await JsonSerializer.DeserializeAsync(content, HistogramJson.Default.ExponentialHistogram, cancellationToken)
                    .ConfigureAwait(false) ?? throw new JsonException("It is null.");
            }
            catch (JsonException error)
            {
                throw new MlOpsException(ErrorCodes.FileCorrupt, $"The file '{file.Path}' of run {run} is not a histogram: {error.Message}", error);
            }
        }
    }

    private static string PathOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return StoredFile.CheckPath($"{Folder}/{name}");
    }
}
