using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MlOps.Tracking;

/// <summary>Describes this process and machine.</summary>
internal static class EnvironmentSnapshot
{
    // Packages do not change while the process lives.
    private static readonly Lazy<IReadOnlyDictionary<string, string>> _packages = new(ReadPackages);

    public static RunSnapshot Take(GitState git, IReadOnlyDictionary<string, long> seeds)
    {
        var entry = Assembly.GetEntryAssembly()?.GetName();
        return new RunSnapshot
        {
            GitCommit = git.Commit,
            GitBranch = git.Branch,
            GitRemote = git.Remote,
            GitDirty = git.Dirty,
            EntryAssembly = entry is null ? null : $"{entry.Name} {entry.Version}",
            Arguments = SecretMask.Arguments(Environment.GetCommandLineArgs().Skip(1)),
            WorkingDirectory = Environment.CurrentDirectory,
            Packages = _packages.Value,
            Framework = RuntimeInformation.FrameworkDescription,
            OperatingSystem = RuntimeInformation.OSDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            ProcessorCount = Environment.ProcessorCount,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Culture = CultureInfo.CurrentCulture.Name,
            TimeZone = TimeZoneInfo.Local.Id,
            Seeds = new Dictionary<string, long>(seeds),
        };
    }

    /// <summary>The packages that a <c>deps.json</c> names, by name.</summary>
    internal static Dictionary<string, string> ReadDependencies(Stream json)
    {
        var packages = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("libraries", out var libraries))
        {
            return packages;
        }

        foreach (var library in libraries.EnumerateObject())
        {
            var slash = library.Name.IndexOf('/', StringComparison.Ordinal);
            if (slash > 0 && library.Value.TryGetProperty("type", out var type) && type.ValueEquals("package"))
            {
                packages[library.Name[..slash]] = library.Name[(slash + 1)..];
            }
        }

        return packages;
    }

    private static Dictionary<string, string> ReadPackages()
    {
        // The host passes the application's file first; an AOT program has none, and its loaded assemblies say the same.
        var file = (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        try
        {
            if (file is not null && File.Exists(file))
            {
                using var json = File.OpenRead(file);
                return ReadDependencies(json);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            // A snapshot says what it can; the assemblies are the second best source.
        }

        return AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetName())
            .Where(name => name.Name is { } text && text != "System" && !text.StartsWith("System.", StringComparison.Ordinal))
            .GroupBy(name => name.Name!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Version?.ToString() ?? "?", StringComparer.Ordinal);
    }
}
