using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;

namespace MlOps.Pipelines;

/// <summary>A directed graph of typed steps, made by <see cref="Pipeline.Define"/>; immutable and safe to share.</summary>
/// <typeparam name="TInput">What the caller gives.</typeparam>
/// <typeparam name="TOutput">What the last step gives.</typeparam>
[DebuggerDisplay("{Name}")]
public sealed class Pipeline<TInput, TOutput>
{
    internal Pipeline(string name, IJsonTypeInfoResolver json, IReadOnlyList<StepDefinition> steps, string outputStep)
    {
        Name = name;
        Json = json;
        Steps = steps;
        OutputStep = outputStep;
    }

    /// <summary>The pipeline's name.</summary>
    public string Name { get; }

    /// <summary>The steps; each stands after those that it takes values from.</summary>
    public IReadOnlyList<StepDefinition> Steps { get; }

    /// <summary>The step whose value is the pipeline's.</summary>
    public string OutputStep { get; }

    /// <summary>How values are written and read.</summary>
    public IJsonTypeInfoResolver Json { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
