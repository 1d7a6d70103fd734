using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using MlOps.Registry;
using MlOps.Serving;

namespace MlOps.Onnx;

/// <summary>Loads ONNX models with ONNX Runtime.</summary>
internal sealed class OnnxRuntime(IOptions<OnnxOptions> options) : IModelRuntime
{
    public const string FlavorName = "onnx";

    public string Flavor => FlavorName;

    public async Task<IModel> LoadAsync(ModelPackageReader package, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(package);
        var stream = await package.OpenAsync(package.Package.EntryPoint, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return new OnnxInferenceModel(Open(bytes, package.Package.EntryPoint, options.Value), package.Package.Signature);
        }
    }

    public static InferenceSession Open(byte[] model, string name, OnnxOptions options)
    {
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = options.IntraOpThreads,
            InterOpNumThreads = options.InterOpThreads,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        try
        {
            return new InferenceSession(model, settings);
        }
        catch (OnnxRuntimeException error)
        {
            throw new MlOpsException(
                ErrorCodes.ModelLoadFailed,
                $"ONNX Runtime cannot load '{name}': {error.Message} Check that it is a whole ONNX model of a supported opset.",
                error);
        }
    }
}
