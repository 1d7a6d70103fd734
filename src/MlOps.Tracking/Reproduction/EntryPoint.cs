using System.Text.RegularExpressions;

namespace MlOps.Tracking;

/// <summary>What is started to run a program again: a project, or the source file of a file-based program.</summary>
/// <param name="File">The full path.</param>
/// <param name="Configuration">The build configuration.</param>
/// <param name="Framework">The target framework, where the project has several.</param>
internal sealed partial record EntryPoint(string File, string Configuration, string? Framework)
{
    private static readonly string[] Projects = ["*.csproj", "*.fsproj", "*.vbproj"];

    private bool IsSourceFile => File.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the program of a snapshot in a copy of its code.</summary>
    /// <param name="code">The root of the copy.</param>
    /// <param name="run">What was recorded.</param>
    /// <param name="chosen">The project or source file that a person named, relative to the root; null to search.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.NotReproducible"/>.</exception>
    public static EntryPoint Find(string code, RunDetails run, string? chosen)
    {
        var snapshot = run.Snapshot;
        var configuration = string.IsNullOrEmpty(snapshot.BuildConfiguration) ? "Debug" : snapshot.BuildConfiguration;
        var file = chosen is not null ? FindChosen(code, run, chosen)
            : snapshot.EntryPath is { } entry && entry.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) ? FindSource(code, run, entry)
            : FindProject(code, run);
        return new EntryPoint(file, configuration, FrameworkOf(file, snapshot.Framework));
    }

    /// <summary>The command that builds it; null when running it does.</summary>
    public ChildCommand? Build(string folder, IReadOnlyDictionary<string, string?> variables) => IsSourceFile ? null : new ChildCommand(
        "dotnet",
        // Servers of the build would outlive it, in an environment that is this run's alone.
        [
            "build", File, "--configuration", Configuration, "--nologo", "--verbosity", "quiet", "--disable-build-servers",
            .. FrameworkArguments,
        ],
        folder,
        new Dictionary<string, string?>(variables) { ["MSBUILDDISABLENODEREUSE"] = "1" });

    /// <summary>The command that runs it.</summary>
    public ChildCommand Run(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> variables) => new(
        "dotnet",
        [
            .. IsSourceFile ? ["run", "--file", File] : (string[])["run", "--no-build", "--project", File],
            "--no-launch-profile", "--configuration", Configuration, .. FrameworkArguments, "--", .. arguments,
        ],
        folder,
        variables);

    private string[] FrameworkArguments => Framework is null ? [] : ["--framework", Framework];

    private static string FindChosen(string code, RunDetails run, string chosen)
    {
        var path = Path.GetFullPath(Path.Combine(code, chosen));
        if (Directory.Exists(path))
        {
            var inside = Projects.SelectMany(pattern => Directory.EnumerateFiles(path, pattern)).ToList();
            path = inside is [var only] ? only : path;
        }

        return System.IO.File.Exists(path)
            ? path
            : throw ReproductionPlan.Refusal(run.Info.Id, $"the code has no project or source file '{chosen}'");
    }

    private static string FindSource(string code, RunDetails run, string entry)
    {
        var relative = run.Snapshot.GitRoot is { } root ? Path.GetRelativePath(root, entry) : entry;
        return !Path.IsPathRooted(relative) && Path.Combine(code, relative) is var path && System.IO.File.Exists(path)
            ? path
            : throw ReproductionPlan.Refusal(
                run.Info.Id, $"the program '{entry}' is not in the repository: name its file with the option Project");
    }

    private static string FindProject(string code, RunDetails run)
    {
        var assembly = run.Snapshot.EntryAssembly?.Split(' ')[0]
            ?? throw ReproductionPlan.Refusal(run.Info.Id, "the entry assembly was not recorded: name the project with the option Project");
        var all = Projects.SelectMany(pattern => Directory.EnumerateFiles(code, pattern, SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal).ToList();
        var found = all
            .Where(file => string.Equals(Path.GetFileNameWithoutExtension(file), assembly, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
        {
            found = [.. all.Where(file => AssemblyName().Match(System.IO.File.ReadAllText(file)) is { Success: true } name
                && string.Equals(name.Groups[1].Value, assembly, StringComparison.Ordinal))];
        }

        if (found.Count > 1 && run.Snapshot is { GitRoot: { } root, EntryPath: { } entry })
        {
            // Projects of one name: the program lay below the folder of its own, unless all are built into one folder.
            var place = Path.Combine(code, Path.GetRelativePath(root, entry));
            found = [.. found.Where(file =>
                place.StartsWith(Path.GetDirectoryName(file) + Path.DirectorySeparatorChar, StringComparison.Ordinal))];
        }

        return found is [var only]
            ? only
            : throw ReproductionPlan.Refusal(
                run.Info.Id,
                $"the code has {(found.Count == 0 ? "no project" : $"{found.Count} projects")} to build the assembly '{assembly}' from: "
                + "name the project with the option Project");
    }

    // A project of one framework takes no choice; "net10.0" is the name of ".NET 10.0.12".
    private static string? FrameworkOf(string project, string framework) =>
        System.IO.File.ReadAllText(project).Contains("<TargetFrameworks>", StringComparison.Ordinal)
            && Version().Match(framework) is { Success: true } version
            ? $"net{version.Value}"
            : null;

    [GeneratedRegex("<AssemblyName>\\s*([^<\\s]+)\\s*</AssemblyName>", RegexOptions.None, 1000)]
    private static partial Regex AssemblyName();

    [GeneratedRegex("[0-9]+\\.[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Version();
}
