using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class RunNamesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("loss")]
    [InlineData("val/loss")]
    [InlineData("a.b-c_d: e")]
    [InlineData("größe/μ")]
    [InlineData("a..b")]
    [InlineData(".hidden")]
    [InlineData("a/.b")]
    public void Names_that_MLflow_takes_are_taken(string name) => Assert.Null(RunNames.WhyNot(name, anyCharacters: false));

    [Theory]
    [InlineData("")]
    [InlineData("f1@5")]
    [InlineData("auc (val)")]
    [InlineData("a\nb")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("..a")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("a/")]
    public void Names_that_MLflow_refuses_are_refused(string name) => Assert.NotNull(RunNames.WhyNot(name, anyCharacters: false));

    [Fact]
    public async Task A_name_of_ten_kilobytes_is_refused_and_shown_in_part()
    {
        var runs = new InMemoryRunStore();
        await using var run = await new ExperimentTracker(runs, runs, new InMemoryBlobStore()).StartRunAsync("names", cancellationToken: Token);
        var error = Assert.Throws<MlOpsException>(() => run.LogMetric(new string('n', 10_240), 1));
        Assert.Equal(ErrorCodes.InvalidName, error.Code);
        Assert.Contains("10240 characters", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 50, 200);
    }

    [Fact]
    public async Task An_option_allows_any_name_but_control_characters()
    {
        var runs = new InMemoryRunStore();
        var tracker = new ExperimentTracker(runs, runs, new InMemoryBlobStore(), options: new TrackingOptions { AnyNames = true });
        await using var run = await tracker.StartRunAsync("names", cancellationToken: Token);
        run.LogMetric("f1@5 (val)", 1);
        Assert.Throws<MlOpsException>(() => run.LogMetric("a\nb", 1));
    }
}
