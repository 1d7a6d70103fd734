using MlOps.Storage;
using MlOps.Tracking;

namespace MlOps.MicrosoftML.Tests;

internal sealed class RecordingRun(IBlobStore blobs) : IRun
{
    public List<RunEvent> Events { get; } = [];

    public List<string> Artifacts { get; } = [];

    public RunInfo Info { get; } = new()
    {
        Id = new RunId(new string('a', 32)),
        Experiment = "test",
        Name = "test",
        Status = RunStatus.Running,
        StartedAt = DateTimeOffset.UnixEpoch,
        HeartbeatAt = DateTimeOffset.UnixEpoch,
        Host = "test",
        ProcessId = 1,
    };

    public void Record(in RunEvent runEvent) => Events.Add(runEvent);

    public async Task<StoredFile> LogArtifactAsync(string path, Stream content, CancellationToken cancellationToken = default)
    {
        Artifacts.Add(path);
        return StoredFile.Create(path, await blobs.PutAsync(content, cancellationToken));
    }

    public Task FlushAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task CompleteAsync(RunStatus status = RunStatus.Finished, string? failure = null, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
