using Microsoft.Extensions.DependencyInjection.Extensions;
using MlOps;
using MlOps.Data;
using MlOps.Parquet;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Parquet to the SDK.</summary>
public static class ParquetBuilderExtensions
{
    /// <summary>Lets data versions open <c>.parquet</c> files.</summary>
    public static IMlOpsBuilder UseParquet(this IMlOpsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IDatasetFormat, ParquetDatasetFormat>());
        return builder;
    }
}
