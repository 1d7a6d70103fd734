using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>Holds the model version that a reference points at; resolved as a keyed service by the reference's text.</summary>
/// <remarks>Safe to call from several threads.</remarks>
public interface IModelHost
{
    /// <summary>What it follows.</summary>
    ModelReference Reference { get; }

    /// <summary>The version that answers now; null before the first load.</summary>
    int? Version { get; }

    /// <summary>Follows the reference at once instead of at the next interval; returns when the new version has been loaded, warmed up and answers.</summary>
    /// <returns>The version that answers now.</returns>
    /// <exception cref="MlOpsException">
    /// The version cannot be found, loaded or bound: <see cref="ErrorCodes.ModelNotFound"/>, <see cref="ErrorCodes.RuntimeMissing"/>,
    /// <see cref="ErrorCodes.ModelLoadFailed"/>, <see cref="ErrorCodes.ModelCorrupt"/>, <see cref="ErrorCodes.SignatureMismatch"/>. An older
    /// version goes on answering.
    /// </exception>
    Task<int> RefreshAsync(CancellationToken cancellationToken = default);
}
