using System.Text.Json.Serialization;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed partial class DictionaryAndFigureTests : IAsyncLifetime
{
    private static readonly byte[] _png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0];

    private readonly InMemoryRunStore _runs = new();
    private readonly InMemoryBlobStore _blobs = new();
    private IRun _run = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ExperimentTracker Tracker => new(_runs, _runs, _blobs, options: new TrackingOptions { MaximumDiffBytes = 0 });

    public async ValueTask InitializeAsync() => _run = await Tracker.StartRunAsync("files", cancellationToken: Token);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task A_dictionary_is_stored_as_JSON_with_what_it_holds()
    {
        await _run.LogDictionaryAsync(
            "config.json",
            new Dictionary<string, object?>
            {
                ["name"] = "µ <b>",
                ["rate"] = 0.1f,
                ["limit"] = double.PositiveInfinity,
                ["day"] = new DateOnly(2026, 1, 2),
                ["kind"] = RunStatus.Failed,
                ["layers"] = new[] { 64, 32 },
                ["nested"] = new Dictionary<string, int> { ["a"] = 1 },
                ["none"] = null,
            },
            Token);
        Assert.Equal(
            """{"name":"µ <b>","rate":0.1,"limit":"Infinity","day":"2026-01-02","kind":"Failed","layers":[64,32],"nested":{"a":1},"none":null}""",
            string.Concat((await ReadAsync("config.json")).Split('\n').Select(line => line.Trim())).Replace("\": ", "\":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_no_form_in_JSON_is_named_by_its_place()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => _run.LogDictionaryAsync("c.json", new Dictionary<string, object?> { ["a"] = new object?[] { 1, new object() } }, Token));
        Assert.Contains("values.a[1] is a System.Object", error.Message, StringComparison.Ordinal);

        var self = new Dictionary<string, object?>();
        self["self"] = self;
        await Assert.ThrowsAsync<ArgumentException>(() => _run.LogDictionaryAsync("c.json", self, Token));
        Assert.Empty((await _runs.FindAsync(_run.Info.Id, Token))!.Artifacts);
    }

    [Fact]
    public async Task An_object_is_stored_by_its_generated_type_information()
    {
        await _run.LogJsonAsync("shape.json", new Shape(3, [1, 2]), ShapeJson.Default.Shape, Token);
        Assert.Equal("""{"Depth":3,"Layers":[1,2]}""", await ReadAsync("shape.json"));
    }

    [Fact]
    public async Task Figures_of_each_kind_are_stored_as_they_are()
    {
        const string Svg = "<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<!-- > -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        await _run.LogFigureAsync("plots/roc.svg", Svg, Token);
        await _run.LogFigureAsync("plots/page.html", "<!doctype html><html></html>", Token);
        await _run.LogFigureAsync("plots/roc.png", _png, Token);
        await _run.LogFigureAsync("plots/drawn.PNG", stream => stream.WriteAsync(_png).AsTask(), Token);

        Assert.Equal(Svg, await ReadAsync("plots/roc.svg"));
        Assert.Equal(4, (await _runs.FindAsync(_run.Info.Id, Token))!.Artifacts.Count);
    }

    [Theory]
    [InlineData("a.png", "<svg/>", ErrorCodes.FileCorrupt)]
    [InlineData("a.svg", "<html></html>", ErrorCodes.FileCorrupt)]
    [InlineData("a.svg", "", ErrorCodes.FileCorrupt)]
    [InlineData("a.svg", "<!-- without an end", ErrorCodes.FileCorrupt)]
    [InlineData("a.html", "text", ErrorCodes.FileCorrupt)]
    [InlineData("a.jpg", "GIF89a", ErrorCodes.FileCorrupt)]
    [InlineData("a.bmp", "BM", ErrorCodes.InvalidName)]
    [InlineData("../a.svg", "<svg/>", ErrorCodes.InvalidName)]
    public async Task What_is_not_the_figure_that_its_name_says_is_refused(string path, string content, string code)
    {
        Assert.Equal(code, (await Assert.ThrowsAsync<MlOpsException>(() => _run.LogFigureAsync(path, content, Token))).Code);
        Assert.Empty((await _runs.FindAsync(_run.Info.Id, Token))!.Artifacts);
    }

    private async Task<string> ReadAsync(string path)
    {
        using var reader = new StreamReader(await Tracker.OpenArtifactAsync(_run.Info.Id, path, Token));
        return await reader.ReadToEndAsync(Token);
    }

    internal sealed record Shape(int Depth, int[] Layers);

    [JsonSerializable(typeof(Shape))]
    internal sealed partial class ShapeJson : JsonSerializerContext;
}
