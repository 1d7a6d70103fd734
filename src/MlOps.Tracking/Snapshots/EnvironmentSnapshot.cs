using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace MlOps.Tracking;

/// <summary>Describes this process and machine.</summary>
internal static class EnvironmentSnapshot
{
    // Packages do not change while the process lives.
    private static readonly Lazy<IReadOnlyDictionary<string, string>> _packages = new(ReadPackages);

    private static readonly Lazy<string?> _processor = new(ReadProcessor);
    private static readonly ConcurrentDictionary<string, int> _runNumbers = new(StringComparer.Ordinal);

    /// <summary>The folder that tells best which repository the program is of, where the working directory is in none.</summary>
    public static string ProgramFolder => Path.GetDirectoryName(SourceFile) ?? AppContext.BaseDirectory;

    private static string? SourceFile => AppContext.GetData("EntryPointFilePath") as string;

    /// <summary>Counts a run of this process.</summary>
    public static int NextRunNumber(string experiment) => _runNumbers.AddOrUpdate(experiment, 1, static (_, number) => number + 1);

    public static RunSnapshot Take(
        GitState git, IReadOnlyDictionary<string, long> seeds, int runNumber, TrackingOptions options, IConfiguration? configuration)
    {
        var assembly = Assembly.GetEntryAssembly();
        var entry = assembly?.GetName();
        var arguments = Environment.GetCommandLineArgs();
        return new RunSnapshot
        {
            GitCommit = git.Commit,
            GitBranch = git.Branch,
            GitRemote = git.Remote,
            GitDirty = git.Dirty,
            GitRoot = git.Root,
            GitSubfolder = git.Subfolder,
            EntryAssembly = entry is null ? null : $"{entry.Name} {entry.Version}",
            EntryPath = SourceFile ?? arguments.FirstOrDefault(),
            BuildConfiguration = assembly?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration,
            RunNumber = runNumber,
            Arguments = SecretMask.Arguments(arguments.Skip(1)),
            WorkingDirectory = Environment.CurrentDirectory,
            Packages = _packages.Value,
            Framework = RuntimeInformation.FrameworkDescription,
            OperatingSystem = RuntimeInformation.OSDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            Processor = _processor.Value,
            ProcessorCount = Environment.ProcessorCount,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Culture = CultureInfo.CurrentCulture.Name,
            TimeZone = TimeZoneInfo.Local.Id,
            Seeds = new Dictionary<string, long>(seeds),
            RuntimeSettings = RuntimeSettings(),
            EnvironmentVariables = RecordedSettings.EnvironmentVariables(options.EnvironmentVariables),
            Configuration = RecordedSettings.Configuration(configuration, options.ConfigurationSections),
        };
    }

    private static Dictionary<string, string> RuntimeSettings()
    {
        ThreadPool.GetMinThreads(out var least, out _);
        ThreadPool.GetMaxThreads(out var most, out _);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["thread pool"] = string.Create(CultureInfo.InvariantCulture, $"{least} to {most} threads"),
            ["garbage collector"] = GCSettings.IsServerGC ? "server" : "workstation",
            // The order in which sums are added up, and so their last bits, depend on it.
            ["vector bits"] = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128",
        };
    }

    private static string? ReadProcessor()
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?
                    .Split(':', 2, StringSplitOptions.TrimEntries).ElementAtOrDefault(1)
                : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The packages, and assemblies without one, that a <c>deps.json</c> names, by name.</summary>
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
            if (slash > 0 && library.Value.TryGetProperty("type", out var type)
                && (type.ValueEquals("package") || type.ValueEquals("reference")))
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
