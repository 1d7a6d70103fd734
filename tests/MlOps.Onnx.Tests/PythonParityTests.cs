using System.Globalization;
using MlOps.Registry;
using MlOps.Serving;
using MlOps.Testing;

namespace MlOps.Onnx.Tests;

public sealed class PythonParityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("breast_mlp.onnx", 32, 1)]
    [InlineData("breast_mlp.onnx", 32, 64)]
    [InlineData("breast_gbt.onnx", 31, 1)]
    [InlineData("breast_gbt.onnx", 31, 64)]
    public async Task Predictions_equal_those_of_python(string file, int answerColumn, int batch)
    {
        var rows = File.ReadLines(Asset("breast_test.csv")).Skip(1)
            .Select(line => line.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToList();
        await using var model = await LoadAsync(file);

        await Parallel.ForEachAsync(Enumerable.Range(0, 4), Token, (_, _) =>
        {
            using var session = model.CreateSession(batch);
            for (var start = 0; start < rows.Count; start += batch)
            {
                var count = Math.Min(batch, rows.Count - start);
                for (var row = 0; row < count; row++)
                {
                    rows[start + row].AsSpan(0, 30).CopyTo(session.Inputs[0].AsSpan<float>()[(row * 30)..]);
                }

                session.Run(count);
                for (var row = 0; row < count; row++)
                {
                    Assert.Equal(rows[start + row][answerColumn], session.Outputs[0].AsSpan<float>()[row], 1e-5f);
                }
            }

            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_refused()
    {
        var blobs = new InMemoryBlobStore();
        var builder = new ModelPackageBuilder(blobs);
        await builder.AddFileAsync("model.onnx", "not a model"u8.ToArray(), Token);
        var signature = new ModelSignature { Inputs = [], Outputs = [] };
        var package = new ModelPackageReader(builder.Build("onnx", "model.onnx", signature), blobs);

        var error = await Assert.ThrowsAsync<MlOpsException>(() => Runtime().LoadAsync(package, Token));

        Assert.Equal(ErrorCodes.ModelLoadFailed, error.Code);
    }

    private static async Task<IModel> LoadAsync(string file)
    {
        var blobs = new InMemoryBlobStore();
        var package = await OnnxModel.PackageAsync(blobs, Asset(file), Token);
        return await Runtime().LoadAsync(new ModelPackageReader(package, blobs), Token);
    }

    internal static IModelRuntime Runtime()
    {
        var builder = new Builder();
        Microsoft.Extensions.DependencyInjection.OnnxBuilderExtensions.UseOnnx(builder);
        var services = Microsoft.Extensions.DependencyInjection.ServiceCollectionContainerBuilderExtensions.BuildServiceProvider(builder.Services);
        return (IModelRuntime)services.GetService(typeof(IModelRuntime))!;
    }

    internal static string Asset(string name) => Path.Combine(AppContext.BaseDirectory, "assets", name);

    private sealed class Builder : IMlOpsBuilder
    {
        public Microsoft.Extensions.DependencyInjection.IServiceCollection Services { get; } =
            new Microsoft.Extensions.DependencyInjection.ServiceCollection();
    }
}
