using System.Runtime.CompilerServices;

namespace MlOps.Tracking;

/// <summary>Short ways to search.</summary>
public static class RunSearchExtensions
{
    /// <summary>
    /// Finds runs by a filter such as <c>metrics.auc &gt; 0.8 AND params.model = 'gbt'</c>, in an order such as <c>metrics.auc DESC</c>; an empty
    /// filter finds all.
    /// </summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidFilter"/>.</exception>
    public static Task<RunPage> SearchRunsAsync(
        this IExperimentTracker tracker, string filter, string orderBy = "", int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        ArgumentNullException.ThrowIfNull(filter);
        var query = new RunQuery
        {
            Filter = string.IsNullOrWhiteSpace(filter) ? null : RunFilter.Parse(filter),
            OrderBy = RunOrder.Parse(orderBy),
            Limit = limit,
        };
        return tracker.SearchRunsAsync(query, cancellationToken);
    }

    /// <summary>Finds all runs of a query, page by page while they are read; its limit is the size of a page.</summary>
    public static async IAsyncEnumerable<RunSummary> SearchAllRunsAsync(
        this IExperimentTracker tracker, RunQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        query ??= new RunQuery();
        do
        {
            var page = await tracker.SearchRunsAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var run in page.Runs)
            {
                yield return run;
            }

            query = query with { PageToken = page.NextPageToken };
        }
        while (query.PageToken is not null);
    }
}
