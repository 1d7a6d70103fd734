using System.Text.Json.Serialization.Metadata;

namespace MlOps.Pipelines;

/// <summary>Collects the steps of a pipeline; a step can only take what stands before it, so there are no cycles.</summary>
/// <typeparam name="TInput">The type of the pipeline's input.</typeparam>
public sealed class PipelineBuilder<TInput>
{
    private readonly string _pipeline;
    private readonly List<StepDefinition> _steps = [];

    internal PipelineBuilder(string pipeline)
    {
        _pipeline = pipeline;
        Input = new StepOutput<TInput>(this, null);
    }

    /// <summary>What the caller gives.</summary>
    public StepOutput<TInput> Input { get; }

    /// <summary>Adds a step that takes one value.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: the name stands twice, or an input belongs to another pipeline.</exception>
    public StepOutput<TOut> Step<T1, TOut>(
        string name, Func<StepContext, T1, Task<TOut>> run, StepOutput<T1> input, StepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Add<TOut>(
            name,
            [From(input)],
            run,
            options,
            async (context, values) => await run(context, (T1)values[0]!).ConfigureAwait(false));
    }

    /// <summary>Adds a step that takes two values.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: the name stands twice, or an input belongs to another pipeline.</exception>
    public StepOutput<TOut> Step<T1, T2, TOut>(
        string name, Func<StepContext, T1, T2, Task<TOut>> run, StepOutput<T1> input1, StepOutput<T2> input2, StepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Add<TOut>(
            name,
            [From(input1), From(input2)],
            run,
            options,
            async (context, values) => await run(context, (T1)values[0]!, (T2)values[1]!).ConfigureAwait(false));
    }

    /// <summary>Adds a step that takes three values.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: the name stands twice, or an input belongs to another pipeline.</exception>
    public StepOutput<TOut> Step<T1, T2, T3, TOut>(
        string name, Func<StepContext, T1, T2, T3, Task<TOut>> run, StepOutput<T1> input1, StepOutput<T2> input2, StepOutput<T3> input3, StepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Add<TOut>(
            name,
            [From(input1), From(input2), From(input3)],
            run,
            options,
            async (context, values) => await run(context, (T1)values[0]!, (T2)values[1]!, (T3)values[2]!).ConfigureAwait(false));
    }

    /// <summary>Adds a step that takes four values.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: the name stands twice, or an input belongs to another pipeline.</exception>
    public StepOutput<TOut> Step<T1, T2, T3, T4, TOut>(
        string name, Func<StepContext, T1, T2, T3, T4, Task<TOut>> run, StepOutput<T1> input1, StepOutput<T2> input2, StepOutput<T3> input3, StepOutput<T4> input4, StepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Add<TOut>(
            name,
            [From(input1), From(input2), From(input3), From(input4)],
            run,
            options,
            async (context, values) => await run(context, (T1)values[0]!, (T2)values[1]!, (T3)values[2]!, (T4)values[3]!).ConfigureAwait(false));
    }

    internal Pipeline<TInput, TOutput> Build<TOutput>(IJsonTypeInfoResolver json, StepOutput<TOutput> output)
    {
        var last = From(output) ?? throw new MlOpsException(
            ErrorCodes.InvalidConfiguration, $"The pipeline '{_pipeline}' returns its own input: return the output of a step.");
        return new Pipeline<TInput, TOutput>(_pipeline, json, [.. _steps], last);
    }

    private string? From<T>(StepOutput<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return ReferenceEquals(output.Owner, this)
            ? output.Step
            : throw new MlOpsException(
                ErrorCodes.InvalidConfiguration,
                $"The pipeline '{_pipeline}' uses the value of the step '{output.Step}', which belongs to another pipeline.");
    }

    private StepOutput<TOut> Add<TOut>(
        string name,
        IReadOnlyList<string?> inputs,
        Delegate code,
        StepOptions? options,
        Func<StepContext, IReadOnlyList<object?>, Task<object?>> invoke)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        options ??= StepOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAttempts, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Backoff, TimeSpan.Zero, nameof(options));
        if (_steps.Exists(step => step.Name == name))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidConfiguration, $"The pipeline '{_pipeline}' has two steps named '{name}': rename one of them.");
        }

        _steps.Add(new StepDefinition(name, inputs, typeof(TOut), code, options, invoke));
        return new StepOutput<TOut>(this, name);
    }
}
