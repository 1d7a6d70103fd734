using System.Diagnostics;
using System.Runtime.CompilerServices;
using MlOps.Data;
using MlOps.Features.Columns;
using MlOps.Features.Offline;
using MlOps.Features.Online;

namespace MlOps.Features;

/// <summary>The feature store over an <see cref="IOnlineStore"/>; past features are joined in memory, in managed code.</summary>
/// <remarks>
/// A windowed feature is the same number offline and online: both add the same rows with the same compensated sum, which is exact for
/// integers below 2⁵³ and within 1e-12 relative otherwise, however rows of one instant are ordered.
/// </remarks>
public sealed class FeatureStore : IFeatureStore
{
    private const int WriteSize = 10_000;

    private readonly IOnlineStore _online;
    private readonly ConditionalWeakTable<FeatureService, OnlinePlan> _plans = [];

    /// <summary>Serves features from a store.</summary>
    public FeatureStore(IOnlineStore online)
    {
        ArgumentNullException.ThrowIfNull(online);
        _online = online;
    }

    /// <inheritdoc/>
    public async Task<Dataset> GetHistoricalAsync(HistoricalFeatureRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var join = await HistoricalJoin.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        return await join.ToDatasetAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FeatureVector>> GetOnlineAsync(
        FeatureService service, IReadOnlyList<FeatureRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(requests);
        var plan = _plans.GetValue(service, static key => new OnlinePlan(key));
        if (!FeatureTelemetry.Enabled)
        {
            return plan.AnswerAsync(_online, requests, cancellationToken);
        }

        var started = Stopwatch.GetTimestamp();
        return FeatureTelemetry.MeasureAsync(plan.AnswerAsync(_online, requests, cancellationToken), service.Name, started);
    }

    /// <inheritdoc/>
    public Task<long> PushAsync(IReadOnlyList<FeatureView> views, Dataset rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(rows);
        return WriteAsync(views, rows, long.MinValue + 1, long.MaxValue, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> MaterializeAsync(
        FeatureView view, Dataset source, DateTimeOffset? from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(source);

        // Inclusive: rows of the newest instant may have come in since; writing the others again changes nothing.
        from ??= await _online.GetNewestAsync(view.Name, cancellationToken).ConfigureAwait(false);
        return await WriteAsync([view], source, from?.UtcTicks ?? 0, to.UtcTicks, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<LeakageAudit> AuditLeakageAsync(HistoricalFeatureRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var join = await HistoricalJoin.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        var features = new List<FeatureLeakage>();
        var anyFuture = new bool[join.Rows];
        var anyUnknown = new bool[join.Rows];
        foreach (var feature in request.Features.Features.Where(feature => feature.View is not null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var known = join.Evaluate(feature, onlyKnown: true, future: false);
            var backfilled = join.Evaluate(feature, onlyKnown: false, future: false);
            var future = join.Evaluate(feature, onlyKnown: false, future: true);
            features.Add(new FeatureLeakage
            {
                Feature = feature.Name,
                FutureRows = CountDifferent(backfilled, future, anyFuture),
                UnknownRows = CountDifferent(known, backfilled, anyUnknown),
            });
        }

        return new LeakageAudit
        {
            Rows = join.Rows,
            FutureRows = anyFuture.Count(different => different),
            UnknownRows = anyUnknown.Count(different => different),
            Features = features,
        };
    }

    private static long CountDifferent(FeatureValue[] left, FeatureValue[] right, bool[] any)
    {
        var count = 0L;
        for (var row = 0; row < left.Length; row++)
        {
            if (left[row] != right[row])
            {
                count++;
                any[row] = true;
            }
        }

        return count;
    }

    private async Task<long> WriteAsync(
        IReadOnlyList<FeatureView> views, Dataset rows, long from, long to, CancellationToken cancellationToken)
    {
        var columns = views.SelectMany(view => ViewJoin.ColumnsOf(view, view.Features));
        var keys = views.SelectMany(view => view.Entity).ToList();
        var table = await ColumnTable.ReadAsync(rows, columns, keys, null, cancellationToken).ConfigureAwait(false);
        var sources = views.Select(view => (View: view, Chunks: new OnlineRows(view, table).Between(from, to).Chunk(WriteSize).GetEnumerator())).ToList();
        var written = 0L;
        while (true)
        {
            var writes = sources.Where(source => source.Chunks.MoveNext())
                .Select(source => new OnlineWrite { View = source.View.Name, Rows = source.Chunks.Current, Retention = source.View.Retention })
                .ToList();
            if (writes.Count == 0)
            {
                return written;
            }

            await _online.WriteAsync(writes, cancellationToken).ConfigureAwait(false);
            written += writes.Sum(write => write.Rows.Count);
        }
    }
}
