using System.Collections.Concurrent;
using System.Globalization;
using MlOps.Registry;
using MlOps.Statistics;
using MlOps.Storage;

namespace MlOps.Monitoring;

/// <summary>Compares the inputs and scores of each version in a window with that version's baseline, as one family of tests.</summary>
internal sealed class WindowDrift
{
    /// <summary>The share of false alarms accepted over a window's family.</summary>
    private const double FalseDiscoveryRate = 0.05;

    private readonly IPredictionLog _log;
    private readonly IModelRegistry _registry;
    private readonly IBlobStore _blobs;
    private readonly IBaselineReader? _reader;
    private readonly ConcurrentDictionary<(string Model, int Version), IBaseline> _baselines = new();

    public WindowDrift(IPredictionLog log, IModelRegistry registry, IBlobStore blobs, IEnumerable<IBaselineReader> readers) =>
        (_log, _registry, _blobs, _reader) = (log, registry, blobs, readers.LastOrDefault());

    public async Task<IReadOnlyList<ColumnFinding>> CompareAsync(
        string model, DateTimeOffset start, DateTimeOffset end, IReadOnlyList<int> versions, CancellationToken cancellationToken)
    {
        var baselines = new Dictionary<int, IBaseline>();
        foreach (var version in versions)
        {
            baselines[version] = await BaselineOfAsync(model, version, cancellationToken).ConfigureAwait(false);
        }

        var gathered = versions.ToDictionary(version => version, _ => new InputColumns());
        await foreach (var prediction in _log.ReadInputsAsync(model, start, end, cancellationToken).ConfigureAwait(false))
        {
            if (gathered.TryGetValue(prediction.ModelVersion, out var columns))
            {
                columns.Add(prediction);
            }
        }

        var family = new List<(int Version, ColumnComparison Comparison)>();
        foreach (var version in versions)
        {
            family.AddRange(baselines[version].Compare(gathered[version].ToColumns()).Select(comparison => (version, comparison)));
        }

        return Judge(family, versions.Count > 1);
    }

    /// <summary>Corrects over all columns of all versions, then keeps for each column the version that differs most.</summary>
    internal static IReadOnlyList<ColumnFinding> Judge(IReadOnlyList<(int Version, ColumnComparison Comparison)> family, bool nameVersions)
    {
        var adjusted = new double[family.Count];
        MultipleTesting.Adjust(
            family.Select(item => item.Comparison.PValue).ToArray(), adjusted, MultipleTestingCorrection.BenjaminiHochberg);
        return [.. family
            .Select((item, i) => Finding(item.Version, item.Comparison, adjusted[i], nameVersions))
            .GroupBy(finding => finding.Column, StringComparer.Ordinal)
            .Select(group => group.OrderByDescending(finding => finding.HasDrift).ThenBy(finding => finding.AdjustedPValue).First())];
    }

    private static ColumnFinding Finding(int version, ColumnComparison comparison, double adjusted, bool nameVersion) => new()
    {
        Column = comparison.Column,
        Test = comparison.Test,
        AdjustedPValue = adjusted,
        Effect = comparison.Effect,
        HasDrift = adjusted <= FalseDiscoveryRate && comparison.IsLargeEnough,
        Reason = nameVersion ? string.Create(CultureInfo.InvariantCulture, $"Version {version}: {comparison.Detail}") : comparison.Detail,
    };

    private async Task<IBaseline> BaselineOfAsync(string model, int version, CancellationToken cancellationToken)
    {
        if (_baselines.TryGetValue((model, version), out var known))
        {
            return known;
        }

        if (_reader is null)
        {
            throw new MlOpsException(
                ErrorCodes.InvalidConfiguration,
                "No reader of baselines is registered; set DriftRule to null to monitor without comparing with a baseline.");
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
            return _baselines.GetOrAdd((model, version), _reader.Read(bytes.ToArray()));
        }
    }
}
