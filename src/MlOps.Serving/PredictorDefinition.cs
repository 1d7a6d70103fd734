using MlOps.Features;

namespace MlOps.Serving;

/// <summary>What a <see cref="PredictorBuilder{TIn, TOut}"/> was told.</summary>
internal sealed record PredictorDefinition<TIn, TOut>(
    IReadOnlyList<InputBinding<TIn>> Inputs,
    FeatureService? Features,
    Func<TIn, FeatureRequest>? Request,
    OutputBinding<TOut> Output,
    Func<TIn, string>? Id,
    Func<TIn, DateTimeOffset>? EventTime,
    Func<TOut, double>? Score,
    string? Stream)
{
    /// <summary>What is wrong with an input, in words; null where inputs are not judged.</summary>
    public Func<TIn, string?>? Problem { get; init; }

    public InvalidInputHandling Handling { get; init; }
}
