namespace MlOps.Tracking.Tests;

public sealed class EntryPointTests : IDisposable
{
    private readonly DirectoryInfo _code = Directory.CreateTempSubdirectory("mlops-code-");

    public void Dispose() => _code.Delete(recursive: true);

    private string Write(string path, string text = "<Project/>")
    {
        var file = Path.Combine(_code.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    private EntryPoint Find(RunSnapshot snapshot, string? chosen = null) =>
        EntryPoint.Find(_code.FullName, RunReproducerTests.Details(snapshot), chosen);

    private static RunSnapshot Snapshot(string assembly, string entry) => TrackerTests.Snapshot() with
    {
        GitRoot = Path.GetFullPath("/repo"),
        EntryAssembly = $"{assembly} 1.0.0.0",
        EntryPath = Path.GetFullPath(entry),
        BuildConfiguration = "Release",
    };

    [Fact]
    public void A_project_is_found_by_its_name_wherever_it_was_built_and_built_before_it_is_run()
    {
        var project = Write("samples/App/App.csproj");
        Write("samples/Other/Other.csproj");

        var entry = Find(Snapshot("App", "/repo/artifacts/bin/App/release/App.dll"));

        Assert.Equal(project, entry.File);
        Assert.Equal("build", entry.Build("x", new Dictionary<string, string?>())!.Arguments[0]);
        Assert.Equal(
            ["run", "--no-build", "--project", project, "--no-launch-profile", "--configuration", "Release", "--", "--rate", "1"],
            entry.Run("x", ["--rate", "1"], new Dictionary<string, string?>()).Arguments);
    }

    [Fact]
    public void A_project_is_found_by_the_name_that_it_gives_its_assembly()
    {
        var project = Write("App/App.csproj", "<Project><PropertyGroup><AssemblyName> Train </AssemblyName></PropertyGroup></Project>");
        Assert.Equal(project, Find(Snapshot("Train", "/repo/App/bin/Release/net10.0/Train.dll")).File);
    }

    [Fact]
    public void Of_projects_of_one_name_the_one_is_taken_below_which_the_program_lay()
    {
        Write("one/App.csproj");
        var second = Write("two/App.csproj");
        Assert.Equal(second, Find(Snapshot("App", "/repo/two/bin/Release/net10.0/App.dll")).File);

        var error = Assert.Throws<MlOpsException>(() => Find(Snapshot("App", "/repo/artifacts/App.dll")));
        Assert.Equal(ErrorCodes.NotReproducible, error.Code);
        Assert.Equal(second, Find(Snapshot("App", "/repo/artifacts/App.dll"), "two").File);
    }

    [Fact]
    public void A_project_of_several_frameworks_is_run_in_the_one_that_the_run_had()
    {
        Write("App.csproj", "<Project><PropertyGroup><TargetFrameworks>net8.0;net10.0</TargetFrameworks></PropertyGroup></Project>");
        var entry = Find(Snapshot("App", "/repo/bin/App.dll") with { Framework = ".NET 10.0.12" });
        Assert.Equal("net10.0", entry.Framework);
    }

    [Fact]
    public void A_file_based_program_is_run_from_its_source_file()
    {
        var source = Write("scripts/train.cs", "");
        var entry = Find(Snapshot("train", "/repo/scripts/train.cs"));
        Assert.Null(entry.Build("x", new Dictionary<string, string?>()));
        Assert.Equal(["run", "--file", source], entry.Run("x", [], new Dictionary<string, string?>()).Arguments.Take(3));
    }

    [Fact]
    public void A_program_from_elsewhere_is_refused()
    {
        Assert.Contains("no project", Assert.Throws<MlOpsException>(() => Find(Snapshot("dotnet-tool", "/tools/x.dll"))).Message, StringComparison.Ordinal);
        Assert.Throws<MlOpsException>(() => Find(Snapshot("train", "/elsewhere/train.cs")));
        Assert.Throws<MlOpsException>(() => Find(Snapshot("App", "/repo/App.dll"), "missing.csproj"));
    }
}
