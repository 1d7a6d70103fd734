using Microsoft.Extensions.DependencyInjection;

namespace MlOps;

/// <summary>Wires the SDK into a service collection; each package hangs its own <c>UseX</c> and <c>AddX</c> extensions on it.</summary>
/// <remarks>Registrations are additive and idempotent: calling an extension twice is harmless.</remarks>
public interface IMlOpsBuilder
{
    /// <summary>Where the extensions register what they bring.</summary>
    IServiceCollection Services { get; }
}
