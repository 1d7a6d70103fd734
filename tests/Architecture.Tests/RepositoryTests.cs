using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Architecture.Tests;

public sealed partial class RepositoryTests
{
    private const long MostBytes = 3 * 1024 * 1024;

    // Written in parts, so that this file does not hold what it looks for.
    private static readonly string[] Hosts = ["/v3/" + "index.json", "registry." + "npmjs", "deb." + "debian"];

    private static readonly string[] DataFolders = ["tests/assets/", "samples/data/"];

    [Fact]
    public void No_file_names_the_host_of_a_registry() =>
        Assert.Empty(
            from file in Files()
            let text = TextOf(file)
            from host in Hosts
            where text.Contains(host, StringComparison.OrdinalIgnoreCase)
            select $"{file}: {host}");

    [Fact]
    public void No_file_names_a_path_of_a_machine() =>
        Assert.Empty(
            from file in Files()
            let text = TextOf(file)
            from Match match in MachinePath().Matches(text)
            select $"{file}: {match.Value}");

    [Fact]
    public void No_file_but_data_is_large() =>
        Assert.DoesNotContain(
            Files().Where(file => !DataFolders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))),
            file => new FileInfo(Path.Combine(Repository.Root, file)).Length > MostBytes);

    private static string[] Files()
    {
        if (!Path.Exists(Path.Combine(Repository.Root, ".git")))
        {
            Assert.Skip("The sources are not a git repository.");
        }

        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true })!;
        var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.NotEmpty(files);
        return [.. files.Where(file => File.Exists(Path.Combine(Repository.Root, file)))];
    }

    private static string TextOf(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));
        return text.Contains('\0', StringComparison.Ordinal) ? "" : text;
    }

    // The home folder of a person or of a build agent, at the start of a path.
    [GeneratedRegex(@"(?<![\w./:])/(home|Users|root|work)/\w+|\b[A-Za-z]:\\Users\\\w+")]
    private static partial Regex MachinePath();
}
