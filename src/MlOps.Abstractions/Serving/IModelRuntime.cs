using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>An engine that loads models of one flavor.</summary>
/// <remarks>Safe to call from several threads.</remarks>
public interface IModelRuntime
{
    /// <summary>The flavor it loads, as in <see cref="ModelPackage.Flavor"/>.</summary>
    string Flavor { get; }

    /// <summary>Loads a model and checks it against its signature.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ModelLoadFailed"/>, <see cref="ErrorCodes.ModelCorrupt"/>.</exception>
    Task<IModel> LoadAsync(ModelPackageReader package, CancellationToken cancellationToken = default);
}
