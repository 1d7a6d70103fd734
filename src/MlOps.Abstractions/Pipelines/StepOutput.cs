namespace MlOps.Pipelines;

/// <summary>An edge of a pipeline: the value that a step, or the caller, will give.</summary>
/// <typeparam name="T">The value's type; the compiler checks that producer and consumer agree.</typeparam>
public sealed class StepOutput<T>
{
    internal StepOutput(object owner, string? step)
    {
        Owner = owner;
        Step = step;
    }

    /// <summary>The step that gives the value; null for the pipeline's input.</summary>
    public string? Step { get; }

    internal object Owner { get; }
}
