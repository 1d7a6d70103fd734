using Microsoft.Extensions.DependencyInjection;

namespace MlOps.Sql;

/// <summary>Moves a workspace from one database to another.</summary>
public static class StoreMigration
{
    /// <summary>
    /// Copies all that the stores of one set of services hold into the empty stores of another: runs with all points, data versions, models,
    /// online features, pipelines, predictions. Files stay in the blob store, which both must reach.
    /// </summary>
    /// <param name="from">Services with <c>UseSqlite</c> or <c>UsePostgreSql</c>; its database is read as it is at one moment.</param>
    /// <param name="to">Services with <c>UseSqlite</c> or <c>UsePostgreSql</c>, whose database holds nothing yet.</param>
    /// <param name="cancellationToken">Ends the wait for the databases; a copy that has begun is finished.</param>
    /// <returns>The number of rows that were copied, by table.</returns>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.StorageNotEmpty"/>; nothing was copied.</exception>
    /// <remarks>
    /// One transaction: all is there when it returns, and nothing when it throws. What is written to the source meanwhile is not copied.
    /// </remarks>
    public static async Task<IReadOnlyDictionary<string, long>> CopyAsync(
        IServiceProvider from, IServiceProvider to, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return await from.GetRequiredService<SqlDatabase>()
            .CopyToAsync(to.GetRequiredService<SqlDatabase>(), cancellationToken).ConfigureAwait(false);
    }
}
