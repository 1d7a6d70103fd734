namespace MlOps.Pipelines;

/// <summary>Runs pipelines.</summary>
/// <remarks>
/// Safe to call from many threads and processes. A step's value is durable before the next step sees it: after a crash, running the same
/// pipeline with the same input again finds every finished step in the cache.
/// </remarks>
public interface IPipelineRunner
{
    /// <summary>Runs the steps whose code, inputs, parameters or environment changed, and takes the others from the cache.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.StepFailed"/>: names the step, its attempts and the cause; <see cref="ErrorCodes.StepValueUnsupported"/>: a
    /// type that the pipeline's JSON context does not know.
    /// </exception>
    Task<PipelineResult<TOutput>> RunAsync<TInput, TOutput>(
        Pipeline<TInput, TOutput> pipeline, TInput input, PipelineRunOptions? options = null, CancellationToken cancellationToken = default);
}
