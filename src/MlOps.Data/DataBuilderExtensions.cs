using Microsoft.Extensions.DependencyInjection.Extensions;
using MlOps;
using MlOps.Data;
using MlOps.Data.Sources;
using MlOps.Data.Sources.Csv;
using MlOps.Data.Sources.JsonLines;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds data versions to the SDK.</summary>
public static class DataBuilderExtensions
{
    /// <summary>Registers <see cref="DataVersions"/> and the formats CSV, JSON Lines and Arrow; the stores come from a provider.</summary>
    public static IMlOpsBuilder AddData(this IMlOpsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IDatasetFormat, ArrowDatasetFormat>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IDatasetFormat, CsvDatasetFormat>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IDatasetFormat, JsonLinesDatasetFormat>());
        builder.Services.TryAddSingleton<DataVersions>();
        return builder;
    }
}
