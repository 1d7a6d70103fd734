namespace MlOps.Monitoring;

/// <summary>Keeps predictions and their outcomes for as long as windows need them.</summary>
/// <remarks>
/// Safe from many threads and processes. A write survives the death of the process when its task completes; whether it survives power loss is
/// for the store to say.
/// </remarks>
public interface IPredictionLog
{
    /// <summary>Appends predictions in one transaction; one whose id is already there is passed over.</summary>
    Task AppendAsync(IReadOnlyList<PredictionRecord> predictions, CancellationToken cancellationToken = default);

    /// <summary>Joins outcomes to a model's predictions in one transaction; a later outcome replaces an earlier one.</summary>
    /// <returns>How many found their prediction.</returns>
    Task<int> JoinOutcomesAsync(string model, IReadOnlyList<OutcomeRecord> outcomes, CancellationToken cancellationToken = default);

    /// <summary>Reads a model's predictions of a time range (end exclusive), by time, then id.</summary>
    Task<IReadOnlyList<LoggedPrediction>> ReadAsync(
        string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default);

    /// <summary>Reads the inputs of a model's predictions of a time range (end exclusive), in the same order as <see cref="ReadAsync"/>.</summary>
    IAsyncEnumerable<PredictionRecord> ReadInputsAsync(
        string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default);
}
