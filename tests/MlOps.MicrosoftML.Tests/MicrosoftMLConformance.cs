using Microsoft.ML;
using MlOps.Conformance;
using MlOps.Registry;
using MlOps.Serving;
using MlOps.Storage;
using MlOps.Testing;

namespace MlOps.MicrosoftML.Tests;

public sealed class MicrosoftMLRuntimeTests : ModelRuntimeConformance
{
    protected override IBlobStore Blobs { get; } = new InMemoryBlobStore();

    protected override Task<IModelRuntime> CreateAsync() => Task.FromResult<IModelRuntime>(new MicrosoftMLRuntime());

    protected override async Task<ModelPackage> PackageAsync()
    {
        var ml = new MLContext(seed: 3);
        var view = ml.Data.LoadFromEnumerable(Trip.Draw(3, 600));
        var model = ml.Transforms.Concatenate("Features", "Distance", "Share")
            .Append(ml.Transforms.ReplaceMissingValues("Features"))
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Late"))
            .Fit(view);
        await using var run = new RecordingRun(Blobs);
        return await run.LogModelAsync(
            ml, model, view.Schema, Blobs, inputs: ["Distance", "Share"], outputs: ["Probability"], cancellationToken: TestContext.Current.CancellationToken);
    }
}
