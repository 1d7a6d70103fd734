using MlOps.Tracking;

namespace MlOps.Abstractions.Tests.Tracking;

public sealed class RunEventTests
{
    [Fact]
    public void Each_kind_holds_its_own_content()
    {
        Holds(RunEvent.Metric("auc", 0.75, 3), RunEventKind.Metric, "auc", null, 0.75, 3);
        Holds(RunEvent.Metric("auc", double.PositiveInfinity), RunEventKind.Metric, "auc", null, double.PositiveInfinity, 0);
        Holds(RunEvent.Parameter("trees", "100"), RunEventKind.Parameter, "trees", "100", 0, 0);
        Holds(RunEvent.Tag("owner", "ada"), RunEventKind.Tag, "owner", "ada", 0, 0);
        Holds(RunEvent.Input("training", "flights@3"), RunEventKind.Input, "training", "flights@3", 0, 0);
    }

    [Fact]
    public void NaN_is_kept_and_equals_itself()
    {
        Assert.True(double.IsNaN(RunEvent.Metric("loss", double.NaN).Number));
        Assert.Equal(RunEvent.Metric("loss", double.NaN), RunEvent.Metric("loss", double.NaN));
        Assert.NotEqual(RunEvent.Metric("loss", 1, 1), RunEvent.Metric("loss", 1, 2));
        Assert.NotEqual(RunEvent.Parameter("a", "b"), RunEvent.Tag("a", "b"));
    }

    [Fact]
    public void A_name_is_needed()
    {
        Assert.Throws<ArgumentException>(() => RunEvent.Metric("", 1));
        Assert.Throws<ArgumentNullException>(() => RunEvent.Tag(null!, "x"));
    }

    private static void Holds(RunEvent runEvent, RunEventKind kind, string name, string? text, double number, long step)
    {
        Assert.Equal((kind, name, text), (runEvent.Kind, runEvent.Name, runEvent.Text));
        Assert.Equal((number, step), (runEvent.Number, runEvent.Step));
    }
}
