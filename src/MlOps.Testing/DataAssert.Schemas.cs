using MlOps.Data;

namespace MlOps.Testing;

/// <content>Schemas.</content>
public static partial class DataAssert
{
    /// <summary>Passes when the data are what a schema says.</summary>
    /// <param name="dataset">The data; read once.</param>
    /// <param name="schema">What is expected of it.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="AssertionFailedException">A rule of the schema is broken; the message lists each with its first wrong rows.</exception>
    /// <exception cref="MlOpsException">The data could not be read, or limits of the schema contradict each other.</exception>
    public static Task<CheckReport> MatchesSchemaAsync(Dataset dataset, DataSchema schema, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return PassesAsync(dataset, schema.ToChecks(), cancellationToken);
    }

    /// <summary>Passes when the data are what a schema file says.</summary>
    /// <param name="dataset">The data; read once.</param>
    /// <param name="path">The schema file (JSON).</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="AssertionFailedException">A rule of the schema is broken; the message lists each with its first wrong rows.</exception>
    /// <exception cref="MlOpsException">The data or the schema could not be read.</exception>
    public static async Task<CheckReport> MatchesSchemaAsync(Dataset dataset, string path, CancellationToken cancellationToken = default) =>
        await MatchesSchemaAsync(dataset, await DataSchema.LoadAsync(path, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
}
