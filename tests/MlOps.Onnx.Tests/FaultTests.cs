using MlOps.Registry;
using MlOps.Serving;
using MlOps.Testing;

namespace MlOps.Onnx.Tests;

public sealed class FaultTests
{
    private readonly InMemoryBlobStore _blobs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5_000)]
    public async Task A_truncated_file_is_refused_when_it_is_packaged_and_when_it_is_loaded(int length)
    {
        var whole = await OnnxModel.PackageAsync(_blobs, PythonParityTests.Asset("breast_mlp.onnx"), Token);
        var bytes = (await File.ReadAllBytesAsync(PythonParityTests.Asset("breast_mlp.onnx"), Token))[..length];
        var path = Path.Combine(Directory.CreateTempSubdirectory("mlops-onnx-").FullName, "cut.onnx");
        await File.WriteAllBytesAsync(path, bytes, Token);

        var packaging = await Assert.ThrowsAsync<MlOpsException>(() => OnnxModel.PackageAsync(_blobs, path, Token));
        Assert.Equal(ErrorCodes.ModelLoadFailed, packaging.Code);
        Assert.Contains(path, packaging.Message, StringComparison.Ordinal);

        var builder = new ModelPackageBuilder(_blobs);
        await builder.AddFileAsync("model.onnx", bytes, Token);
        var loading = await Assert.ThrowsAsync<MlOpsException>(() => LoadAsync(builder.Build("onnx", "model.onnx", whole.Signature)));
        Assert.Equal(ErrorCodes.ModelLoadFailed, loading.Code);
        Assert.Contains("model.onnx", loading.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_names_another_input_than_the_file_has_is_refused()
    {
        var package = await OnnxModel.PackageAsync(_blobs, PythonParityTests.Asset("breast_mlp.onnx"), Token);
        var signature = package.Signature with { Inputs = [package.Signature.Inputs[0] with { Name = "other" }] };

        var error = await Assert.ThrowsAsync<MlOpsException>(() => LoadAsync(package with { Signature = signature }));

        Assert.Equal(ErrorCodes.ModelLoadFailed, error.Code);
        Assert.Contains("other", error.Message, StringComparison.Ordinal);
        Assert.Contains(package.Signature.Inputs[0].Name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("breast_mlp.onnx")]
    [InlineData("breast_gbt.onnx")]
    public async Task A_row_of_NaN_changes_no_other_row_of_its_batch_and_no_later_run(string file)
    {
        await using var model = await LoadAsync(await OnnxModel.PackageAsync(_blobs, PythonParityTests.Asset(file), Token));
        using var session = model.CreateSession(3);
        session.Inputs[0].AsSpan<float>().Fill(1);
        session.Run(3);
        var clean = session.Outputs[0].AsSpan<float>()[..3].ToArray();

        session.Inputs[0].AsSpan<float>()[30..60].Fill(float.NaN);
        session.Run(3);
        var mixed = session.Outputs[0].AsSpan<float>()[..3].ToArray();
        Assert.Equal([clean[0], clean[2]], [mixed[0], mixed[2]]);
        // A network carries NaN through; trees send it down their branch for missing values.
        Assert.Equal(file == "breast_mlp.onnx", float.IsNaN(mixed[1]));

        session.Inputs[0].AsSpan<float>().Fill(1);
        session.Run(3);
        Assert.Equal(clean, session.Outputs[0].AsSpan<float>()[..3].ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Run(4));
    }

    private Task<IModel> LoadAsync(ModelPackage package) => PythonParityTests.Runtime().LoadAsync(new ModelPackageReader(package, _blobs), Token);
}
