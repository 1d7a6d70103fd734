using MlOps.Data;
using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>The workspace that a reproduced run writes to.</summary>
public interface IReproductionWorkspace : IAsyncDisposable
{
    /// <summary>Its runs.</summary>
    IExperimentTracker Tracking { get; }

    /// <summary>Its data versions.</summary>
    IDataVersionStore Data { get; }

    /// <summary>Its objects.</summary>
    IBlobStore Blobs { get; }
}
