using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MlOps;
using MlOps.LocalFiles;
using MlOps.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps blobs as files of a local folder.</summary>
public static class LocalFilesBuilderExtensions
{
    /// <summary>Keeps blobs below a folder, where no other blob store is registered.</summary>
    public static IMlOpsBuilder UseLocalFiles(this IMlOpsBuilder builder, string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return builder.UseLocalFiles(options => options.Folder = folder);
    }

    /// <summary>Keeps blobs below a folder, where no other blob store is registered.</summary>
    public static IMlOpsBuilder UseLocalFiles(this IMlOpsBuilder builder, Action<LocalFilesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddValidatedOptions<LocalFilesOptions, LocalFilesOptionsValidator>(
            LocalFilesOptions.SectionName, static (section, options) => section.Bind(options), configure);
        builder.Services.TryAddSingleton<IBlobStore>(provider => new LocalBlobStore(
            provider.GetRequiredService<IOptions<LocalFilesOptions>>().Value.Folder, provider.GetService<TimeProvider>()));
        return builder;
    }
}
