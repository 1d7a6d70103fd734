using MlOps.Registry;

namespace MlOps.Serving.Tests;

/// <summary>How loading a version goes.</summary>
internal enum EchoLoading
{
    Works,
    Throws,
    GivesAnotherSignature,
    WaitsForRelease,
}

/// <summary>Loads <see cref="EchoModel"/>s.</summary>
internal sealed class EchoRuntime : IModelRuntime
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Flavor => "echo";

    /// <summary>What the models say that they take and give.</summary>
    public ModelSignature Signature { get; init; } = EchoModel.TheSignature;

    /// <summary>Holds runs of an infinite input until it is set.</summary>
    public ManualResetEventSlim Gate { get; } = new();

    /// <summary>Set when such a run has begun.</summary>
    public ManualResetEventSlim Running { get; } = new();

    public void ReleaseLoads() => _release.TrySetResult();

    public async Task<IModel> LoadAsync(ModelPackageReader package, CancellationToken cancellationToken = default)
    {
        await using var stream = await package.OpenAsync("version", cancellationToken);
        var version = stream.ReadByte();
        var loading = (EchoLoading)stream.ReadByte();
        if (loading == EchoLoading.WaitsForRelease)
        {
            await _release.Task.WaitAsync(cancellationToken);
        }

        return loading == EchoLoading.Throws
            ? throw new InvalidDataException("the weights are damaged")
            : new EchoModel(this, version, loading == EchoLoading.GivesAnotherSignature ? EchoModel.AnotherSignature : Signature);
    }
}
