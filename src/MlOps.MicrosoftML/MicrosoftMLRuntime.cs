using Microsoft.ML;
using MlOps.Registry;
using MlOps.Serving;

namespace MlOps.MicrosoftML;

/// <summary>Loads ML.NET's zip files.</summary>
internal sealed class MicrosoftMLRuntime : IModelRuntime
{
    public const string FlavorName = "mlnet";

    public string Flavor => FlavorName;

    public async Task<IModel> LoadAsync(ModelPackageReader package, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(package);
        var stream = await package.OpenAsync(package.Package.EntryPoint, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                var transformer = new MLContext(seed: 0).Model.Load(stream, out var inputSchema);
                return new MicrosoftMLModel(transformer, inputSchema, package.Package.Signature);
            }
            catch (Exception error) when (error is not (MlOpsException or OperationCanceledException))
            {
                throw new MlOpsException(
                    ErrorCodes.ModelLoadFailed,
                    $"ML.NET cannot load '{package.Package.EntryPoint}': {error.Message} "
                    + "Check that it is a whole ML.NET model, made by this version or an older one, and that the packages of its trainers are referenced.",
                    error);
            }
        }
    }
}
