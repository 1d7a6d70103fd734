using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>A loaded model.</summary>
/// <remarks>Safe to share between threads; the sessions it makes are not. Dispose it after all of them.</remarks>
public interface IModel : IAsyncDisposable
{
    /// <summary>What it takes and gives, as loaded.</summary>
    ModelSignature Signature { get; }

    /// <summary>Makes a session: one lane with buffers of its own, for one caller at a time.</summary>
    /// <param name="maxBatchSize">The most rows that one run of the session shall hold; 1 or more.</param>
    IModelSession CreateSession(int maxBatchSize);
}
