using System.Diagnostics;

namespace MlOps.Tracking.Tests;

/// <summary>A git repository with one project, in a folder of its own.</summary>
internal sealed class TinyRepository : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-repository-");

    public TinyRepository()
    {
        // The name that git knows it by, where the folder for temporary files is a link.
        Git("init", "--quiet", "--initial-branch=main");
        Root = Path.GetFullPath(Git("rev-parse", "--show-toplevel").Trim());
        Write("App/App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"/>");
        Write("rate.txt", "0.5\n");
        Write(".gitignore", "bin/\n*.log\n");
        Commit = CommitAll("first");
    }

    public string Root { get; private set; } = "";

    public string Commit { get; private set; }

    public string Write(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public string CommitAll(string message)
    {
        Git("add", "--all");
        Git("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", message);
        return Commit = Git("rev-parse", "HEAD").Trim();
    }

    public string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true })!;
        var text = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return text;
    }

    public void Dispose()
    {
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly))
        {
            file.IsReadOnly = false;
        }

        _folder.Delete(recursive: true);
    }
}
