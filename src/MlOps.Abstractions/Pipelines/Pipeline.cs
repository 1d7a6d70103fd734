using System.Text.Json.Serialization.Metadata;

namespace MlOps.Pipelines;

/// <summary>Defines pipelines.</summary>
public static class Pipeline
{
    /// <summary>Defines a pipeline of typed steps.</summary>
    /// <typeparam name="TInput">What the caller gives.</typeparam>
    /// <typeparam name="TOutput">What the last step gives.</typeparam>
    /// <param name="name">Unique within the workspace; the journal lists executions under it.</param>
    /// <param name="json">
    /// A source-generated <c>JsonSerializerContext</c> that knows the type of the input and of every step's value; a
    /// <see cref="Data.Dataset"/> needs no entry.
    /// </param>
    /// <param name="configure">Adds the steps and returns the last one's output.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>.</exception>
    public static Pipeline<TInput, TOutput> Define<TInput, TOutput>(
        string name, IJsonTypeInfoResolver json, Func<PipelineBuilder<TInput>, StepOutput<TOutput>> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new PipelineBuilder<TInput>(name);
        return builder.Build(json, configure(builder));
    }
}
