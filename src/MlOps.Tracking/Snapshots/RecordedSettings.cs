using System.Collections;
using Microsoft.Extensions.Configuration;

namespace MlOps.Tracking;

/// <summary>The environment variables and configuration values that a snapshot may hold.</summary>
internal static class RecordedSettings
{
    public static Dictionary<string, string> EnvironmentVariables(IEnumerable<string> allowed)
    {
        string[] patterns = [.. allowed];
        var recorded = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (NamePatterns.Match(name, patterns))
            {
                recorded[name] = SecretMask.Value(name, variable.Value as string ?? "");
            }
        }

        return recorded;
    }

    public static Dictionary<string, string> Configuration(IConfiguration? configuration, IEnumerable<string> sections)
    {
        var recorded = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var section in configuration is null ? [] : sections)
        {
            var values = section.Length == 0 ? configuration!.AsEnumerable() : configuration!.GetSection(section).AsEnumerable();
            foreach (var (key, value) in values)
            {
                if (value is not null)
                {
                    recorded[key] = SecretMask.Value(key, value);
                }
            }
        }

        return recorded;
    }
}
