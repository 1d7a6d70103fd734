namespace MlOps.Tracking;

/// <summary>What a run needs to be recreated: code, command, packages and machine, taken at its start.</summary>
public sealed record RunSnapshot
{
    /// <summary>The git commit of the working directory; null outside a repository.</summary>
    public string? GitCommit { get; init; }

    /// <summary>The git branch; null when detached or outside a repository.</summary>
    public string? GitBranch { get; init; }

    /// <summary>The URL of the remote <c>origin</c>, without credentials.</summary>
    public string? GitRemote { get; init; }

    /// <summary>Whether tracked files differed from the commit; the file <c>snapshot/uncommitted.diff</c> of the run says how.</summary>
    public bool GitDirty { get; init; }

    /// <summary>The full path of the git working tree; null outside a repository.</summary>
    public string? GitRoot { get; init; }

    /// <summary>
    /// The working directory below <see cref="GitRoot"/>, with <c>/</c>; empty in the root itself, null outside a repository.
    /// </summary>
    public string? GitSubfolder { get; init; }

    /// <summary>The entry assembly's name and version.</summary>
    public string? EntryAssembly { get; init; }

    /// <summary>The source file of a file-based program, else the file of the entry assembly.</summary>
    public string? EntryPath { get; init; }

    /// <summary>The build configuration of the entry assembly, such as <c>Debug</c>.</summary>
    public string? BuildConfiguration { get; init; }

    /// <summary>Counts the runs of this experiment in their process, from 1; 0 where it was not recorded.</summary>
    public int RunNumber { get; init; }

    /// <summary>The command-line arguments; values that follow a name like a secret's are masked.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The working directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// The resolved packages by name, with their versions; where the program has no dependency file, its loaded assemblies.
    /// </summary>
    public IReadOnlyDictionary<string, string> Packages { get; init; } = new Dictionary<string, string>();

    /// <summary>The runtime, such as <c>.NET 10.0.12</c>.</summary>
    public required string Framework { get; init; }

    /// <summary>The operating system and version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The processor architecture, such as <c>X64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The processor's model; null where the system does not say.</summary>
    public string? Processor { get; init; }

    /// <summary>Logical processors that the process may use.</summary>
    public required int ProcessorCount { get; init; }

    /// <summary>Memory that the process may use, in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The culture's name; empty for the invariant culture.</summary>
    public required string Culture { get; init; }

    /// <summary>The time zone's id.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Seeds that the program named, such as <c>ml</c> → 42.</summary>
    public IReadOnlyDictionary<string, long> Seeds { get; init; } = new Dictionary<string, long>();

    /// <summary>Threads, garbage collector and vector width, by name: what numeric results and speed may depend on.</summary>
    public IReadOnlyDictionary<string, string> RuntimeSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>The environment variables that the options allow to be recorded; the values of secrets are masked.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>Configuration values by key, of the sections that the options name; the values of secrets are masked.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();
}
