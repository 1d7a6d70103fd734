using System.Runtime.CompilerServices;
using MlOps.Monitoring;

namespace MlOps.Testing;

/// <summary>Predictions and outcomes in the memory of the process, for tests.</summary>
/// <remarks>Safe from many threads; nothing outlives the object. The id of a prediction is unique within its model.</remarks>
public sealed class InMemoryPredictionLog : IPredictionLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Model, string Id), PredictionRecord> _predictions = [];
    private readonly Dictionary<(string Model, string Id), double> _outcomes = [];

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<PredictionRecord> predictions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        lock (_gate)
        {
            foreach (var prediction in predictions)
            {
                _predictions.TryAdd((prediction.Model, prediction.Id), prediction);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> JoinOutcomesAsync(
        string model, IReadOnlyList<OutcomeRecord> outcomes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        lock (_gate)
        {
            var joined = 0;
            foreach (var outcome in outcomes)
            {
                if (_predictions.ContainsKey((model, outcome.PredictionId)))
                {
                    _outcomes[(model, outcome.PredictionId)] = outcome.Value;
                    joined++;
                }
            }

            return Task.FromResult(joined);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LoggedPrediction>> ReadAsync(
        string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<LoggedPrediction>>(
            [
                .. Select(model, from, to).Select(prediction => new LoggedPrediction(
                    prediction.Id,
                    prediction.ModelVersion,
                    prediction.Timestamp,
                    prediction.Score,
                    _outcomes.TryGetValue((model, prediction.Id), out var outcome) ? outcome : null)),
            ]);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PredictionRecord> ReadInputsAsync(
        string model, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<PredictionRecord> found;
        lock (_gate)
        {
            found = [.. Select(model, from, to)];
        }

        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var prediction in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return prediction;
        }
    }

    private IEnumerable<PredictionRecord> Select(string model, DateTimeOffset from, DateTimeOffset to) =>
        _predictions.Values
            .Where(prediction => string.Equals(prediction.Model, model, StringComparison.Ordinal))
            .Where(prediction => prediction.Timestamp >= from && prediction.Timestamp < to)
            .OrderBy(prediction => prediction.Timestamp).ThenBy(prediction => prediction.Id, StringComparer.Ordinal);
}
