namespace MlOps.Data.Tests.Checks;

public sealed class IncludedChecksTests
{
    private static readonly Dataset _rows = HeldRows.Of(("n", [1.0, 2.5, 3.0, double.PositiveInfinity, null]), ("kind", ["a", "a", "b", "b", "b"]));

    [Fact]
    public async Task An_included_suite_is_judged_under_what_surrounds_it()
    {
        var inner = DataChecks.Define("inner", c => c.Column("n", n => n.Whole().AtMost(3).When("n > 0")));
        var checks = DataChecks.Define("outer", c => c.Include(inner).When("kind = 'b'", b => b.Include(inner)).ForEach("kind", each => each.Include(inner)));
        var results = (await checks.RunAsync(_rows, TestContext.Current.CancellationToken)).Results;
        Assert.Equal([1, 1, 0, 1, 1, 1], results.Select(result => (int)result.Failed));
        Assert.Equal(["whole", "whole, when kind = 'b'", "whole, for each kind"], results.Where((_, i) => i % 2 == 0).Select(result => result.Name));
        Assert.Equal([false, true], results[4].Segments.Select(segment => segment.Passed));
    }

    [Fact]
    public void Segments_within_segments_are_refused()
    {
        var inner = DataChecks.Define("inner", c => c.Column("n", n => n.NotNull().ForEach("kind")));
        Assert.Throws<InvalidOperationException>(() => DataChecks.Define("outer", c => c.ForEach("n", each => each.Include(inner))));
    }

    [Fact]
    public async Task Whole_numbers_of_columns_that_hold_no_others_are_whole()
    {
        var whole = HeldRows.Of(("i", [1L, long.MaxValue, null]), ("b", [true, false, null]));
        var report = await DataChecks.Define("c", c => c.Column("i", i => i.Whole()).Column("b", b => b.Whole())).RunAsync(whole, TestContext.Current.CancellationToken);
        Assert.True(report.Passed, report.ToString());
    }
}
