using System.Text.Json;
using MlOps.Tracking;

namespace MlOps.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-cli-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_command_that_does_not_exist_is_wrong_use()
    {
        var (code, _, error) = await RunAsync("runs", "dance");

        Assert.Equal(2, code);
        Assert.Contains("dance", error, StringComparison.Ordinal);
        Assert.Contains("See 'mlops runs --help'.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_workspace_is_an_error_that_says_where_it_was_looked_for()
    {
        var (code, _, error) = await RunAsync("runs", "list");

        Assert.Equal(1, code);
        Assert.Contains(_folder.FullName, error, StringComparison.Ordinal);
        Assert.Contains(ErrorCodes.WorkspaceNotFound, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_are_listed_as_a_table_and_as_json()
    {
        await using (var workspace = Workspace.Open(_folder.FullName))
        {
            await using var run = await workspace.Tracking.StartRunAsync("credit", new RunOptions { Name = "first" }, Token);
            run.LogMetric("auc", 0.9);
        }

        var (_, text, _) = await RunAsync("runs", "list");
        var (_, json, _) = await RunAsync("runs", "list", "--output", "json");

        Assert.Contains("credit", text, StringComparison.Ordinal);
        var listed = Assert.Single(JsonDocument.Parse(json).RootElement.EnumerateArray());
        Assert.Equal("finished", listed.GetProperty("status").GetString());
        var (code, shown, _) = await RunAsync("runs", "show", listed.GetProperty("id").GetString()!, "--output", "json");
        Assert.Equal(0, code);
        Assert.Equal(0.9, JsonDocument.Parse(shown).RootElement.GetProperty("metrics").GetProperty("auc").GetDouble());
    }

    [Fact]
    public async Task Adding_the_same_file_twice_recognises_it()
    {
        var file = WriteCsv("people.csv", Enumerable.Range(0, 50).Select(age => age));

        var (first, firstText, _) = await RunAsync("data", "add", file);
        var (second, secondText, _) = await RunAsync("data", "add", file);
        var (_, log, _) = await RunAsync("data", "log", "--output", "json");

        Assert.Equal((0, 0), (first, second));
        Assert.Contains("people@1  added", firstText, StringComparison.Ordinal);
        Assert.Contains("recognised", secondText, StringComparison.Ordinal);
        Assert.Single(JsonDocument.Parse(log).RootElement.EnumerateArray());
    }

    [Fact]
    public async Task Drift_ends_with_exit_code_1_and_no_drift_with_0()
    {
        var reference = WriteCsv("reference.csv", Enumerable.Range(0, 1000).Select(i => i % 50));
        var same = WriteCsv("same.csv", Enumerable.Range(0, 1000).Select(i => (i * 7) % 50));
        var shifted = WriteCsv("shifted.csv", Enumerable.Range(0, 1000).Select(i => 25 + (i % 50)));

        var (none, noneText, _) = await RunAsync("drift", reference, same);
        var (drift, driftText, _) = await RunAsync("drift", reference, shifted);

        Assert.Equal(0, none);
        Assert.Contains("No drift.", noneText, StringComparison.Ordinal);
        Assert.Equal(1, drift);
        Assert.Contains("DRIFT", driftText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var (code, _, error) = await RunAsync("drift", "nowhere.csv", "neither.csv");

        Assert.Equal(2, code);
        Assert.Contains("nowhere.csv", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([.. arguments, "--workspace", _folder.FullName], output, error, Token);
        return (code, output.ToString(), error.ToString());
    }

    private string WriteCsv(string name, IEnumerable<int> ages)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllLines(path, ages.Select(age => age.ToString(System.Globalization.CultureInfo.InvariantCulture)).Prepend("age"));
        return path;
    }
}
