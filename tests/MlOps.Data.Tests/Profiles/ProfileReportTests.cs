namespace MlOps.Data.Tests.Profiles;

public sealed class ProfileReportTests
{
    [Fact]
    public async Task Numbers_with_far_values_are_drawn_from_the_middle_and_as_a_whole()
    {
        var data = Dataset.FromEnumerable("rows", Enumerable.Range(0, 10_000), c => c
            .Column("far", i => i is 5 or 6 ? 1e6 * (i - 5.5) : i % 100)
            .Column("even", i => i % 100)
            .Column("constant", _ => 3));
        var html = (await data.ProfileAsync(cancellationToken: TestContext.Current.CancellationToken)).ToReport().ToHtml();
        Assert.Contains("far, from the 1 % to the 99 % quantile", html, StringComparison.Ordinal);
        Assert.Contains("far, all values", html, StringComparison.Ordinal);
        Assert.DoesNotContain("far, bins of equal", html, StringComparison.Ordinal);
        Assert.Contains("even, bins of equal width", html, StringComparison.Ordinal);
        Assert.Contains("even, bins of equal counts", html, StringComparison.Ordinal);
        Assert.DoesNotContain("even, from the", html, StringComparison.Ordinal);
        Assert.DoesNotContain("constant, from the", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_bar_of_times_is_named_by_the_first_time()
    {
        var first = new DateTimeOffset(2001, 1, 1, 0, 1, 0, TimeSpan.Zero);
        var data = Dataset.FromEnumerable("rows", Enumerable.Range(0, 1_000), c => c.Column("at", i => first.AddHours(4 * i)));
        var html = (await data.ProfileAsync(cancellationToken: TestContext.Current.CancellationToken)).ToReport().ToHtml();
        Assert.Contains("2001-01-01", html, StringComparison.Ordinal);
        Assert.DoesNotContain("2000-12", html, StringComparison.Ordinal);
    }
}
