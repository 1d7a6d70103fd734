using System.Text.Json;
using MlOps.Tracking;

namespace MlOps.Cli.Tests;

public sealed class MigrateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-cli-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_workspaces_database_is_copied_into_an_empty_one_alone()
    {
        await using (var workspace = Workspace.Open(_folder.FullName))
        {
            await using var run = await workspace.Tracking.StartRunAsync("credit", cancellationToken: Token);
            run.LogMetric("auc", 0.9);
        }

        var copy = Path.Combine(_folder.FullName, "copy.db");
        string[] command = ["migrate", "--from", $"sqlite:{Find("mlops.db")}", "--to", $"sqlite:{copy}", "--json"];
        var (code, json, error) = await RunAsync(command);
        var (again, _, refusal) = await RunAsync(command);

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(1, JsonDocument.Parse(json).RootElement.GetProperty("rows").GetProperty("runs").GetInt64());
        Assert.Equal(1, again);
        Assert.Contains(ErrorCodes.StorageNotEmpty, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite:missing.db", "sqlite:b.db", ErrorCodes.FileNotFound)]
    [InlineData("missing.db", "sqlite:b.db", "--from is not a database")]
    [InlineData("sqlite:a.db", "mysql:Host=x", "--to is not a database")]
    public async Task What_is_not_a_database_is_wrong_use(string from, string to, string expected)
    {
        var (code, _, error) = await RunAsync("migrate", "--from", from, "--to", to);
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private string Find(string file) => Assert.Single(Directory.EnumerateFiles(_folder.FullName, file, SearchOption.AllDirectories));

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error, Token);
        return (code, output.ToString(), error.ToString());
    }
}
