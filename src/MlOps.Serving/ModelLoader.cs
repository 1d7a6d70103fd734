using Microsoft.Extensions.Logging;
using MlOps.Registry;
using MlOps.Storage;

namespace MlOps.Serving;

/// <summary>Finds, loads and warms up model versions.</summary>
internal sealed class ModelLoader(
    IModelRegistry registry, IBlobStore blobs, IEnumerable<IModelRuntime> runtimes, ServingOptions options, ILogger logger)
{
    private readonly IModelRuntime[] _runtimes = [.. runtimes];

    public async Task<ModelVersion> FindAsync(ModelReference reference, CancellationToken cancellationToken) =>
        await registry.FindAsync(reference, cancellationToken).ConfigureAwait(false)
        ?? throw new MlOpsException(
            ErrorCodes.ModelNotFound,
            $"{reference} points at no model version: register one{(reference.Alias is null ? "" : $" and move the alias '{reference.Alias}' to it")}.");

    public async Task<ModelGeneration> LoadAsync(
        ModelReference reference, ModelVersion version, IEnumerable<Action<ModelSignature>> checks, CancellationToken cancellationToken)
    {
        var runtime = FindRuntime(version);
        IModel? model = null;
        try
        {
            model = await runtime.LoadAsync(new ModelPackageReader(version.Package, blobs), cancellationToken).ConfigureAwait(false);
            foreach (var check in checks)
            {
                check(model.Signature);
            }

            var generation = new ModelGeneration(reference, version, model, options, logger);
            WarmUp(generation);
            return generation;
        }
        catch (Exception error)
        {
            if (model is not null)
            {
                await model.DisposeAsync().ConfigureAwait(false);
            }

            if (error is OperationCanceledException)
            {
                throw;
            }

            throw new MlOpsException(
                (error as MlOpsException)?.Code ?? ErrorCodes.ModelLoadFailed,
                $"models:/{version.Name}/{version.Number} ({version.Package.Flavor}) cannot be served: {error.Message}",
                error);
        }
    }

    private IModelRuntime FindRuntime(ModelVersion version)
    {
        var flavor = version.Package.Flavor;
        if (_runtimes.FirstOrDefault(runtime => string.Equals(runtime.Flavor, flavor, StringComparison.Ordinal)) is { } found)
        {
            return found;
        }

        var remedy = flavor switch
        {
            "mlnet" => "add the package MlOps.MicrosoftML and call UseMicrosoftML()",
            "onnx" => "add the package MlOps.Onnx and call UseOnnx()",
            _ => "register an IModelRuntime of this flavor",
        };
        var known = _runtimes.Length == 0 ? "none is registered" : $"registered: {string.Join(", ", _runtimes.Select(runtime => runtime.Flavor))}";
        throw new MlOpsException(
            ErrorCodes.RuntimeMissing,
            $"models:/{version.Name}/{version.Number} needs an engine for '{flavor}' models ({known}): {remedy}.");
    }

    private static void WarmUp(ModelGeneration generation)
    {
        if (generation.TryRent(out var session))
        {
            foreach (var input in session.Inputs)
            {
                if (input.Spec.ElementType == TensorElementType.String)
                {
                    input.AsSpan<string>().Fill("");
                }
            }

            session.Run(1);
            generation.Return(session);
        }
    }
}
