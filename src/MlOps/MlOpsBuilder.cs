using Microsoft.Extensions.DependencyInjection;

namespace MlOps;

internal sealed class MlOpsBuilder(IServiceCollection services) : IMlOpsBuilder
{
    public IServiceCollection Services { get; } = services;
}
