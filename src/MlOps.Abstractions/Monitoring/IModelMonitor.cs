namespace MlOps.Monitoring;

/// <summary>Watches served models: takes predictions and outcomes, and judges windows of time.</summary>
/// <remarks>
/// <see cref="Record"/> never waits and never fails the request it is called from: predictions go through a bounded buffer, and what does
/// not fit is counted as lost. Safe from several threads.
/// </remarks>
public interface IModelMonitor
{
    /// <summary>Takes a prediction.</summary>
    void Record(PredictionRecord prediction);

    /// <summary>Joins outcomes to a model's predictions.</summary>
    /// <returns>How many found their prediction.</returns>
    Task<int> RecordOutcomesAsync(string model, IReadOnlyList<OutcomeRecord> outcomes, CancellationToken cancellationToken = default);

    /// <summary>Judges and stores each window of the model that ends at or before an instant and has not been judged.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="upTo">Up to when predictions and outcomes are complete.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The newly judged windows by start.</returns>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.BaselineMissing"/>.</exception>
    Task<IReadOnlyList<MonitoringWindow>> JudgeAsync(string model, DateTimeOffset upTo, CancellationToken cancellationToken = default);

    /// <summary>Lists the model's judged windows by start.</summary>
    Task<IReadOnlyList<MonitoringWindow>> ListWindowsAsync(string model, CancellationToken cancellationToken = default);

    /// <summary>Completes when all predictions recorded so far are stored.</summary>
    Task FlushAsync(CancellationToken cancellationToken = default);
}
