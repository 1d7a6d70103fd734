using MlOps.Conformance;
using MlOps.Registry;
using MlOps.Serving;
using MlOps.Storage;
using MlOps.Testing;

namespace MlOps.Onnx.Tests;

public sealed class OnnxRuntimeTests : ModelRuntimeConformance
{
    protected override IBlobStore Blobs { get; } = new InMemoryBlobStore();

    protected override Task<IModelRuntime> CreateAsync() => Task.FromResult(PythonParityTests.Runtime());

    protected override Task<ModelPackage> PackageAsync() =>
        OnnxModel.PackageAsync(Blobs, PythonParityTests.Asset("breast_mlp.onnx"), TestContext.Current.CancellationToken);
}
