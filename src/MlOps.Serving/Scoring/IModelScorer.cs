using MlOps.Data;
using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>Scores whole data sets with a registered version: what gates and backtests need, beside the predictor that applications inject.</summary>
/// <remarks>Safe to call from several threads. The version is loaded for the call and let go after it; nothing is recorded.</remarks>
public interface IModelScorer
{
    /// <summary>Runs the model over all rows and returns one number a row, in the rows' order.</summary>
    /// <param name="model">Which version.</param>
    /// <param name="data">Has a column for each of the model's inputs, by name; numbers that are missing become NaN.</param>
    /// <param name="output">The output to read: one number or truth value a row.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.ModelNotFound"/>, <see cref="ErrorCodes.ModelLoadFailed"/>, <see cref="ErrorCodes.ColumnNotFound"/>,
    /// <see cref="ErrorCodes.SignatureMismatch"/>.
    /// </exception>
    Task<double[]> ScoreAsync(ModelReference model, Dataset data, string output, CancellationToken cancellationToken = default);
}
