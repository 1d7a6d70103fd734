using System.Text;
using MlOps.Data;
using MlOps.Storage;
using MlOps.Tracking;

namespace MlOps.Abstractions.Tests.Tracking;

public sealed class RunExtensionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Parameters_are_written_alike_in_every_culture()
    {
        using var culture = new CommaCulture();
        Assert.Equal("-1,5", FormattableString.CurrentCulture($"{-1.5}").Replace('~', '-'));
        var run = new FakeRun();
        run.LogParameter("double", -1234.5);
        run.LogParameter("float", 0.1f);
        run.LogParameter("decimal", 1234.50m);
        run.LogParameter("int", -7);
        run.LogParameter("date", new DateOnly(2026, 1, 31));
        run.LogParameter("duration", TimeSpan.FromHours(36));
        run.LogParameter("bool", true);
        run.LogParameter("enum", RunEventKind.Tag);
        run.LogParameter("text", "1,5");
        run.LogParameter<string?>("null", null);
        run.LogParameter("object", new Version(1, 2));

        Assert.All(run.Events, runEvent => Assert.Equal(RunEventKind.Parameter, runEvent.Kind));
        Assert.Equal(
            [
                "double=-1234.5", "float=0.1", "decimal=1234.50", "int=-7", "date=01/31/2026", "duration=1.12:00:00", "bool=true", "enum=Tag",
                "text=1,5", "null=null", "object=1.2",
            ],
            run.Events.Select(runEvent => $"{runEvent.Name}={runEvent.Text}"));
    }

    [Fact]
    public void Metrics_tags_and_several_parameters_reach_the_run_in_order()
    {
        var run = new FakeRun();
        run.LogMetric("loss", 0.5, 3);
        run.SetTag("owner", "ada");
        run.LogParameters([new("a", "1"), new("b", "2")]);

        Assert.Equal(
            [RunEvent.Metric("loss", 0.5, 3), RunEvent.Tag("owner", "ada"), RunEvent.Parameter("a", "1"), RunEvent.Parameter("b", "2")],
            run.Events);
    }

    [Fact]
    public void An_input_names_the_version_and_its_full_hash()
    {
        using var culture = new CommaCulture();
        var hash = ContentHash.Of("abc"u8);
        var run = new FakeRun();
        run.LogInput("training", new DataVersion { Name = "flights", Number = 1234, Hash = hash, Files = [], CreatedAt = DateTimeOffset.UnixEpoch });

        Assert.Equal([RunEvent.Input("training", $"flights@1234 sha256:{hash.Value}")], run.Events);
    }

    [Fact]
    public async Task A_text_is_stored_in_UTF_8_without_a_mark()
    {
        var run = new FakeRun();
        await run.LogTextAsync("notes/a.txt", "µ ≤ 1", Token);

        Assert.Equal("µ ≤ 1"u8.ToArray(), run.Files["notes/a.txt"]);
    }

    [Fact]
    public async Task A_file_is_stored_under_its_own_name_or_a_given_path()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, "content", Token);
        try
        {
            var run = new FakeRun();
            await run.LogFileAsync(file, cancellationToken: Token);
            await run.LogFileAsync(file, "plots/roc.svg", Token);

            Assert.Equal("content", Encoding.UTF8.GetString(run.Files[Path.GetFileName(file)]));
            Assert.Equal("content", Encoding.UTF8.GetString(run.Files["plots/roc.svg"]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_missing_file_is_named_and_nothing_is_stored()
    {
        var run = new FakeRun();
        var error = await Assert.ThrowsAsync<MlOpsException>(() => run.LogFileAsync("no/such.file", cancellationToken: Token));

        Assert.Equal(ErrorCodes.FileNotFound, error.Code);
        Assert.Contains("'no/such.file'", error.Message, StringComparison.Ordinal);
        Assert.Empty(run.Files);
    }

    private sealed class FakeRun : IRun
    {
        public List<RunEvent> Events { get; } = [];

        public Dictionary<string, byte[]> Files { get; } = [];

        public RunInfo Info => throw new NotSupportedException();

        public void Record(in RunEvent runEvent) => Events.Add(runEvent);

        public async Task<StoredFile> LogArtifactAsync(string path, Stream content, CancellationToken cancellationToken = default)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, cancellationToken);
            Files[path] = copy.ToArray();
            return StoredFile.Create(path, new BlobInfo(ContentHash.Of(Files[path]), copy.Length));
        }

        public Task FlushAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task CompleteAsync(RunStatus status = RunStatus.Finished, string? failure = null, CancellationToken cancellationToken = default) =>
            Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
