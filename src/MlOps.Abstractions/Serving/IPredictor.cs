namespace MlOps.Serving;

/// <summary>Answers inputs with the model version that its reference points at now; what applications inject.</summary>
/// <remarks>
/// Safe to call from any number of threads. When the alias moves, the next calls are answered by the new version; calls under way finish
/// on the old one, and none fails because of the change.
/// </remarks>
/// <typeparam name="TIn">The type of the input.</typeparam>
/// <typeparam name="TOut">The type of the answer.</typeparam>
public interface IPredictor<TIn, TOut>
{
    /// <summary>Answers one input.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.ModelNotFound"/>, <see cref="ErrorCodes.ModelLoadFailed"/>, <see cref="ErrorCodes.SignatureMismatch"/>,
    /// <see cref="ErrorCodes.InvalidInput"/>: the predictor judges its inputs, and this one is refused.
    /// </exception>
    ValueTask<Prediction<TOut>> PredictAsync(TIn input, CancellationToken cancellationToken = default);

    /// <summary>Answers many inputs, in order, with one version.</summary>
    ValueTask<IReadOnlyList<Prediction<TOut>>> PredictBatchAsync(IReadOnlyList<TIn> inputs, CancellationToken cancellationToken = default);
}
