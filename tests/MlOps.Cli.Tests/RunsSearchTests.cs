using System.Text.Json;
using MlOps.Tracking;

namespace MlOps.Cli.Tests;

public sealed class RunsSearchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-cli-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Runs_are_found_sorted_and_shown_with_what_was_asked_about()
    {
        await AddAsync();

        var (code, text, _) = await RunAsync("metrics.auc > 0.6 AND params.lr < 0.1", "--order-by", "metrics.auc DESC");

        Assert.Equal(0, code);
        Assert.DoesNotContain("slow", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("best", StringComparison.Ordinal) < text.IndexOf("good", StringComparison.Ordinal), text);
        Assert.Contains("0.9", text, StringComparison.Ordinal);
        Assert.Contains("auc", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_in_json_has_the_values_of_its_runs_and_leads_to_the_next()
    {
        await AddAsync();

        var (_, first, _) = await RunAsync("", "--order-by", "metrics.auc", "--limit", "2", "--output", "json");
        var page = JsonDocument.Parse(first).RootElement;
        var (_, second, _) = await RunAsync(
            "", "--order-by", "metrics.auc", "--limit", "2", "--output", "json", "--page-token", page.GetProperty("next_page_token").GetString()!);

        Assert.Equal(["slow", "good"], page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()));
        var run = Assert.Single(JsonDocument.Parse(second).RootElement.GetProperty("runs").EnumerateArray());
        Assert.Equal((0.9, "0.01"), (run.GetProperty("metrics").GetProperty("auc").GetDouble(), run.GetProperty("parameters").GetProperty("lr").GetString()));
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(second).RootElement.GetProperty("next_page_token").ValueKind);
    }

    [Fact]
    public async Task A_wrong_filter_is_wrong_use_and_shows_the_place()
    {
        await AddAsync();

        var (code, _, error) = await RunAsync("metrics.auc > 'high'");

        Assert.Equal(2, code);
        Assert.Contains("at position 15", error, StringComparison.Ordinal);
        Assert.Contains("\n                ^", error, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("", "--limit", "0")).Code);
        Assert.Equal(2, (await RunAsync("", "--page-token", "x")).Code);
        Assert.Equal(2, (await RunAsync("", "--order-by", "auc")).Code);
    }

    [Fact]
    public async Task Nothing_found_is_said()
    {
        await AddAsync();
        Assert.Contains("No run answers the filter.", (await RunAsync("metrics.auc > 2", "--experiment", "credit")).Output, StringComparison.Ordinal);
    }

    private async Task AddAsync()
    {
        await using var workspace = Workspace.Open(_folder.FullName);
        foreach (var (name, auc, rate) in new[] { ("good", 0.7, "0.05"), ("best", 0.9, "0.01"), ("slow", 0.65, "0.5") })
        {
            await using var run = await workspace.Tracking.StartRunAsync("credit", new RunOptions { Name = name }, Token);
            run.LogParameter("lr", rate);
            run.LogMetric("auc", auc);
        }
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["runs", "search", .. arguments, "--workspace", _folder.FullName], output, error, Token);
        return (code, output.ToString(), error.ToString());
    }
}
