using System.Collections.Concurrent;
using System.Globalization;
using MlOps.Registry;
using MlOps.Statistics;
using MlOps.Storage;

namespace MlOps.Monitoring;

/// <summary>Compares the inputs and scores of each version in a window with that version's baseline, as one family of tests.</summary>
internal sealed class WindowDrift
{
    private readonly IPredictionLog _log;
    private readonly IModelRegistry _registry;
    private readonly IBlobStore _blobs;
    private readonly ConcurrentDictionary<(string Model, int Version), FittedBaseline> _baselines = new();

    public WindowDrift(IPredictionLog log, IModelRegistry registry, IBlobStore blobs) =>
        (_log, _registry, _blobs) = (log, registry, blobs);

    public async Task<IReadOnlyList<ColumnFinding>> CompareAsync(
        string model,
        DateTimeOffset start,
        DateTimeOffset end,
        IReadOnlyList<int> versions,
        ModelMonitorOptions monitor,
        CancellationToken cancellationToken)
    {
        var options = monitor.Drift;
        var samples = new Dictionary<int, VersionSample>();
        foreach (var version in versions)
        {
            samples[version] = new VersionSample(await BaselineOfAsync(monitor.RegisteredModel ?? model, version, cancellationToken).ConfigureAwait(false));
        }

        await foreach (var prediction in _log.ReadInputsAsync(model, start, end, cancellationToken).ConfigureAwait(false))
        {
            if (samples.TryGetValue(prediction.ModelVersion, out var sample))
            {
                sample.Add(prediction);
            }
        }

        var family = versions.SelectMany(version => samples[version].Compare(options).Select(column => (Version: version, Column: column))).ToList();
        var report = DriftReport.Of(family.Select(item => item.Column), options);
        return [.. report.Columns
            .Select((column, i) => Finding(column, versions.Count > 1 ? family[i].Version : null))
            .GroupBy(finding => finding.Column, StringComparer.Ordinal)
            .Select(group => group.OrderByDescending(finding => finding.HasDrift).ThenBy(finding => finding.AdjustedPValue).First())];
    }

    /// <summary>One finding a column: where several versions answered, of the one that differs most, and the reason names it.</summary>
    private static ColumnFinding Finding(ColumnDrift column, int? version) => new()
    {
        Column = column.Column,
        Test = column.TestName,
        AdjustedPValue = column.Findings.Select(finding => finding.AdjustedPValue).Where(p => !double.IsNaN(p)).DefaultIfEmpty(1).Min(),
        Effect = double.IsNaN(column.Effect)
            ? Math.Abs(column.CurrentMissingRate - column.ReferenceMissingRate)
            : Math.Max(column.Effect, Math.Abs(column.CurrentMissingRate - column.ReferenceMissingRate)),
        HasDrift = column.HasDrift,
        Reason = version is null ? column.Reason : string.Create(CultureInfo.InvariantCulture, $"Version {version}: {column.Reason}"),
    };

    private async Task<FittedBaseline> BaselineOfAsync(string model, int version, CancellationToken cancellationToken)
    {
        if (_baselines.TryGetValue((model, version), out var known))
        {
            return known;
        }

        var registered = await _registry.FindAsync(new ModelReference { Name = model, Number = version }, cancellationToken).ConfigureAwait(false)
            ?? throw new MlOpsException(
                ErrorCodes.ModelNotFound,
                $"Predictions name version {version} of '{model}', which the registry does not have. Record predictions with the version's number from the registry.");
        if (!registered.Package.Files.Any(file => file.Path == ModelPackage.BaselinePath))
        {
            throw new MlOpsException(
                ErrorCodes.BaselineMissing,
                $"Version {version} of '{model}' carries no baseline, so drift cannot be judged. Fit one on its training data (FittedBaseline), "
                + $"add it to the model package as '{ModelPackage.BaselinePath}' and register again, or set DriftRule to null.");
        }

        var stream = await new ModelPackageReader(registered.Package, _blobs)
            .OpenAsync(ModelPackage.BaselinePath, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            return _baselines.GetOrAdd((model, version), Read(registered, bytes.ToArray()));
        }
    }

    private static FittedBaseline Read(ModelVersion version, byte[] bytes)
    {
        try
        {
            return FittedBaseline.Read(bytes);
        }
        catch (FormatException error)
        {
            throw new MlOpsException(
                ErrorCodes.ModelCorrupt,
                $"The file '{ModelPackage.BaselinePath}' of {version} is not a fitted baseline: {error.Message} Fit it again and register a new version.",
                error);
        }
    }
}
