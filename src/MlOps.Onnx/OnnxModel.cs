using Microsoft.ML.OnnxRuntime;
using MlOps.Registry;
using MlOps.Storage;

namespace MlOps.Onnx;

/// <summary>Makes model packages of ONNX files.</summary>
public static class OnnxModel
{
    /// <summary>Stores an ONNX file and reads its signature; the first dimension of every input and output must be the dynamic batch.</summary>
    /// <param name="blobs">Where the file goes.</param>
    /// <param name="path">The <c>.onnx</c> file, with its weights inside.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FileNotFound"/>; <see cref="ErrorCodes.ModelLoadFailed"/>: damaged, or not servable.</exception>
    public static async Task<ModelPackage> PackageAsync(IBlobStore blobs, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new MlOpsException(ErrorCodes.FileNotFound, $"The ONNX model '{path}' does not exist.");
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        using var session = OnnxRuntime.Open(bytes, path, new OnnxOptions());
        var builder = new ModelPackageBuilder(blobs);
        await builder.AddFileAsync("model.onnx", bytes, cancellationToken).ConfigureAwait(false);
        return builder
            .AddMetadata("onnxruntime.version", OrtEnv.Instance().GetVersionString())
            .AddMetadata("onnx.producer", session.ModelMetadata.ProducerName)
            .Build(OnnxRuntime.FlavorName, "model.onnx", OnnxSignature.Of(session));
    }
}
