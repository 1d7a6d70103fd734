using System.Text.Json;
using MlOps.Data;
using MlOps.Tracking;

namespace MlOps.Cli.Tests;

public sealed class RunCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-cli-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Two_runs_are_compared_as_a_table_and_as_json()
    {
        var ids = new List<string>();
        await using (var workspace = Workspace.Open(_folder.FullName))
        {
            foreach (var depth in new[] { 4, 6 })
            {
                await using var run = await workspace.Tracking.StartRunAsync("credit", new RunOptions { Name = $"depth {depth}" }, Token);
                run.LogParameter("depth", depth);
                ids.Add(run.Info.Id.Value);
            }
        }

        var (code, text, _) = await RunAsync("runs", "compare", ids[0], ids[1]);
        var (_, json, _) = await RunAsync("runs", "compare", ids[0], ids[1], "--json");
        var (_, same, _) = await RunAsync("runs", "compare", ids[0], ids[0]);

        Assert.Equal(0, code);
        Assert.Contains("depth 6", text, StringComparison.Ordinal);
        Assert.Matches("Parameter.*depth.*4.*6", text);
        Assert.Contains("No differences.", same, StringComparison.Ordinal);
        var difference = JsonDocument.Parse(json).RootElement.GetProperty("differences")[0];
        Assert.Equal("parameter", difference.GetProperty("kind").GetString());
        Assert.Equal("6", difference.GetProperty("values")[1].GetString());
    }

    [Fact]
    public async Task A_run_that_cannot_be_reproduced_ends_with_2_and_every_reason()
    {
        string id;
        await using (var workspace = Workspace.Open(_folder.FullName))
        {
            await using var run = await workspace.Tracking.StartRunAsync("credit", cancellationToken: Token);
            run.LogInput("training", new DataVersion
            {
                Name = "lost",
                Number = 1,
                Hash = Storage.ContentHash.Of([]),
                Files = [],
                CreatedAt = default,
            });
            id = run.Info.Id.Value;
        }

        var (code, output, error) = await RunAsync("reproduce", id, "--repository", _folder.FullName);

        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains("lost@1, which the workspace does not have", error, StringComparison.Ordinal);
        Assert.Contains(ErrorCodes.NotReproducible, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tolerance", "-1")]
    [InlineData("--timeout", "0")]
    public async Task Limits_that_make_no_sense_are_wrong_use(params string[] option)
    {
        var (code, _, error) = await RunAsync(["reproduce", "1a2b3c4d", .. option]);
        Assert.Equal(2, code);
        Assert.Contains(option[0], error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([.. arguments, "--workspace", _folder.FullName], output, error, Token);
        return (code, output.ToString(), error.ToString());
    }
}
