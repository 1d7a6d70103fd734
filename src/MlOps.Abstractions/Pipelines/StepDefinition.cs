namespace MlOps.Pipelines;

/// <summary>One step of a pipeline, as the runner sees it: without its types.</summary>
public sealed class StepDefinition
{
    private readonly Func<StepContext, IReadOnlyList<object?>, Task<object?>> _invoke;

    internal StepDefinition(
        string name,
        IReadOnlyList<string?> inputs,
        Type outputType,
        Delegate code,
        StepOptions options,
        Func<StepContext, IReadOnlyList<object?>, Task<object?>> invoke)
    {
        Name = name;
        Inputs = inputs;
        OutputType = outputType;
        Code = code;
        Options = options;
        _invoke = invoke;
    }

    /// <summary>The name, unique within the pipeline.</summary>
    public string Name { get; }

    /// <summary>The steps whose values it takes, in the order of its parameters; null stands for the pipeline's input.</summary>
    public IReadOnlyList<string?> Inputs { get; }

    /// <summary>The type of its value.</summary>
    public Type OutputType { get; }

    /// <summary>The method, for its code version.</summary>
    public Delegate Code { get; }

    /// <summary>Version, caching and retries.</summary>
    public StepOptions Options { get; }

    /// <summary>Runs the method with values of the types that its inputs have.</summary>
    public Task<object?> InvokeAsync(StepContext context, IReadOnlyList<object?> inputs) => _invoke(context, inputs);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
