using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Tracking;

namespace MlOps.Tests;

/// <summary>The runs and the filters of docs/search.md: every row of its tables is run in a workspace.</summary>
public sealed partial class SearchDocumentTests : IDisposable
{
    private static readonly DateTimeOffset _start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly string _document = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "search.md"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-search-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Filters { get; } =
        [.. FilterRow().Matches(_document).Select(row => (Unquote(row.Groups[1].Value), row.Groups[2].Value.Trim(' ', '`'), row.Groups[3].Value))];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_document_has_ten_examples() => Assert.True(Filters.Count >= 10);

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_of_the_document_finds_what_the_document_says(string filter, string order, string finds)
    {
        await using var workspace = await OpenAsync();
        var page = await workspace.Tracking.SearchRunsAsync(filter, order, cancellationToken: Token);
        Assert.Equal(finds, string.Join(", ", page.Runs.Select(run => run.Info.Name)));
    }

    [Fact]
    public async Task The_error_of_the_document_is_the_one_that_is_thrown()
    {
        await using var workspace = await OpenAsync();
        var error = await Assert.ThrowsAsync<MlOpsException>(() => workspace.Tracking.SearchRunsAsync("status = 'FINISHD'", cancellationToken: Token));
        Assert.Contains($"```\n{error.Message}\n```", _document, StringComparison.Ordinal);
    }

#pragma warning disable xUnit1051 // The document leaves the token out.
    [Fact]
    public async Task The_code_of_the_document_runs()
    {
        await using var workspace = await OpenAsync();

        // begin
        var page = await workspace.Tracking.SearchRunsAsync("metrics.auc > 0.8 AND params.lr < 0.01", "metrics.auc DESC");
        foreach (var run in page.Runs)
        {
            Console.WriteLine($"{run.Info.Name}: {run.Metrics["auc"].Value}, lr {run.Parameters["lr"]}");
        }

        // end
        Assert.Equal("gbt-1", Assert.Single(page.Runs).Info.Name);
        var source = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "tests", "MlOps.Tests", "SearchDocumentTests.cs"));
        var code = Regex.Match(source, "// begin\n(.*?)\n\n *// end", RegexOptions.Singleline).Groups[1].Value;
        Assert.Contains($"<!-- snippet: search -->\n```csharp\n{code.Replace("\n        ", "\n", StringComparison.Ordinal)[8..]}\n```", _document, StringComparison.Ordinal);
    }
#pragma warning restore xUnit1051

    [Fact]
    public async Task All_pages_of_a_query_are_read_one_after_another()
    {
        await using var workspace = await OpenAsync();
        var names = new List<string>();
        await foreach (var run in workspace.Tracking.SearchAllRunsAsync(new RunQuery { Limit = 2, OrderBy = RunOrder.Parse("run_name") }, Token))
        {
            names.Add(run.Info.Name);
        }

        Assert.Equal(["arrivals", "broken", "draft", "gbt-1", "gbt-2", "linear"], names);
    }

    private async Task<Workspace> OpenAsync()
    {
        var workspace = Workspace.Open(_folder.FullName);
        var store = workspace.Services.GetRequiredService<IRunStore>();
        var number = 0;
        foreach (Match row in RunRow().Matches(_document))
        {
            var cells = row.Value.Split('|', StringSplitOptions.TrimEntries);
            var started = _start.AddSeconds(number++);
            var info = new RunInfo
            {
                Id = new RunId($"{number:x12}{0:x20}"),
                Experiment = cells[2],
                Name = cells[1],
                Status = RunStatus.Running,
                StartedAt = started,
                HeartbeatAt = DateTimeOffset.UnixEpoch.AddYears(200),
                Host = "elsewhere",
                ProcessId = 1,
            };
            await store.CreateAsync(info, Snapshot(), Token);
            await store.AppendAsync(info.Id, 0, Events(cells).ToArray(), Token);
            if (cells[3] != "RUNNING")
            {
                var ended = started.AddSeconds(int.Parse(cells[4].Split(' ')[0], CultureInfo.InvariantCulture));
                await store.UpdateAsync(info.Id, new RunUpdate { Status = Enum.Parse<RunStatus>(cells[3], ignoreCase: true), EndedAt = ended }, Token);
            }
        }

        return workspace;
    }

    private static IEnumerable<RunEvent> Events(string[] cells)
    {
        foreach (var pair in Parts(cells[5], ", ").Select(text => text.Split('=')))
        {
            yield return RunEvent.Parameter(pair[0], pair[1]);
        }

        foreach (var metric in Parts(cells[6], "; ").Select(text => MetricText().Match(text)))
        {
            foreach (var (step, value) in metric.Groups[2].Value.Split(", ").Index())
            {
                yield return RunEvent.Metric(metric.Groups[1].Value, double.Parse(value, CultureInfo.InvariantCulture), step) with { Timestamp = _start };
            }
        }

        foreach (var pair in Parts(cells[7], ", ").Select(text => text.Split('=')))
        {
            yield return RunEvent.Tag(pair[0], pair[1]);
        }

        foreach (var pair in Parts(cells[8], ", ").Select(text => text.Split(": ")))
        {
            yield return RunEvent.Input(pair[0], pair[1] + " sha256:00");
        }
    }

    private static string[] Parts(string cell, string separator) => cell.Split(separator, StringSplitOptions.RemoveEmptyEntries);

    private static RunSnapshot Snapshot() => new()
    {
        Framework = ".NET",
        OperatingSystem = "os",
        Architecture = "X64",
        ProcessorCount = 2,
        MemoryBytes = 3,
        Culture = "",
        TimeZone = "UTC",
    };

    private static string Unquote(string code) => code.StartsWith("``", StringComparison.Ordinal) ? code[2..^2].Trim() : code[1..^1];

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlOps.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^\| (`.+`) \|( `.+?` | )\| ([a-z0-9, -]+) \|$", RegexOptions.Multiline)]
    private static partial Regex FilterRow();

    [GeneratedRegex(@"^\| [a-z0-9-]+ \| (credit|delays) \|.*$", RegexOptions.Multiline)]
    private static partial Regex RunRow();

    [GeneratedRegex("^(.*?) ([-0-9.eNa, ]+)$")]
    private static partial Regex MetricText();
}
