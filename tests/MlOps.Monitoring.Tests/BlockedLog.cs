using MlOps.Testing;

namespace MlOps.Monitoring.Tests;

/// <summary>A log whose first append waits until it is released.</summary>
internal sealed class BlockedLog : IPredictionLog
{
    private readonly InMemoryPredictionLog _inner = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _gate.TrySetResult();

    public async Task AppendAsync(IReadOnlyList<PredictionRecord> predictions, CancellationToken cancellationToken = default)
    {
        await _gate.Task.WaitAsync(cancellationToken);
        await _inner.AppendAsync(predictions, cancellationToken);
    }

    public Task<int> JoinOutcomesAsync(string model, IReadOnlyList<OutcomeRecord> outcomes, CancellationToken cancellationToken = default) =>
        _inner.JoinOutcomesAsync(model, outcomes, cancellationToken);

    public Task<IReadOnlyList<LoggedPrediction>> ReadAsync(
        string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        _inner.ReadAsync(model, from, to, cancellationToken);

    public IAsyncEnumerable<PredictionRecord> ReadInputsAsync(
        string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        _inner.ReadInputsAsync(model, from, to, cancellationToken);
}
