using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MlOps;

/// <summary>Binds options to a section of the application's configuration, if it has one.</summary>
internal sealed class SectionBinding<TOptions>(IConfiguration? configuration, string section, Action<IConfigurationSection, TOptions> bind)
    : IConfigureNamedOptions<TOptions>
    where TOptions : class
{
    public void Configure(TOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, TOptions options)
    {
        var found = configuration?.GetSection(string.IsNullOrEmpty(name) ? section : ConfigurationPath.Combine(section, name));
        if (found is not null && found.Exists())
        {
            bind(found, options);
        }
    }
}
