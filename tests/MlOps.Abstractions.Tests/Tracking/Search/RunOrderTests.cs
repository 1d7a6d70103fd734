using MlOps.Tracking;

namespace MlOps.Abstractions.Tests;

public sealed class RunOrderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("metrics.auc DESC, start_time", "metrics.auc DESC, start_time")]
    [InlineData("metric.`a b`.min asc,params.x desc", "metrics.`a b`.min, params.x DESC")]
    [InlineData("attributes.Created DESC", "start_time DESC")]
    public void An_order_is_read_and_written_in_one_form(string text, string written) =>
        Assert.Equal(written, string.Join(", ", RunOrder.Parse(text)));

    [Theory]
    [InlineData("metrics.auc DOWN", "position 13", "ASC, DESC")]
    [InlineData("metrics.auc, metrics.auc DESC", "position 14", "is there twice")]
    [InlineData("dataset.name", "position 1", "not sorted by data sets")]
    [InlineData("metrics.auc,", "position 13", "The order ends here")]
    [InlineData("start_tim", "position 1", "'start_time'")]
    public void An_error_says_what_is_wrong_and_where(string text, string position, string problem)
    {
        var error = Assert.Throws<MlOpsException>(() => RunOrder.Parse(text));
        Assert.Equal(ErrorCodes.InvalidFilter, error.Code);
        Assert.Contains(position, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_ends_with_the_newest_and_the_id()
    {
        Assert.Equal(["start_time DESC", "run_id DESC"], RunOrder.Complete([]).Select(key => key.ToString()));
        Assert.Equal(["start_time", "run_id DESC"], RunOrder.Complete(RunOrder.Parse("start_time")).Select(key => key.ToString()));
    }

    [Fact]
    public void Missing_values_come_last_in_either_direction_and_NaN_before_them()
    {
        RunSortValue[] values = [RunSortValue.Missing, RunSortValue.NaN, RunSortValue.OfNumber(1), RunSortValue.OfNumber(2)];
        Assert.Equal([1, 2, 0, 0], values.Order(Comparer<RunSortValue>.Create((a, b) => RunSortValue.Compare(a, b, false))).Select(Shown));
        Assert.Equal([2, 1, 0, 0], values.Order(Comparer<RunSortValue>.Create((a, b) => RunSortValue.Compare(a, b, true))).Select(Shown));
        static double Shown(RunSortValue value) => value.Number;
    }

    [Fact]
    public void A_token_holds_the_place_and_is_refused_when_damaged_or_of_another_query()
    {
        var query = new RunQuery { Filter = RunFilter.Parse("metrics.a > 1"), OrderBy = RunOrder.Parse("metrics.b DESC, params.c, end_time") };
        RunSortValue[] place =
        [
            RunSortValue.OfNumber(0.1), RunSortValue.OfText("é\0"), RunSortValue.Missing, RunSortValue.OfInteger(639_000_000_000_000_001L), RunSortValue.OfText("id"),
        ];
        var token = RunCursor.ToToken(query, place);

        Assert.Equal(place, RunCursor.Read(query with { PageToken = token, Limit = 7 }));
        Assert.Null(RunCursor.Read(query));
        foreach (var other in new[]
        {
            query with { PageToken = token, Experiment = "e" }, query with { PageToken = token, OrderBy = [] },
            query with { PageToken = token, Filter = RunFilter.Parse("metrics.a > 2") }, query with { PageToken = token, Filter = null },
        })
        {
            var error = Assert.Throws<MlOpsException>(() => RunCursor.Read(other));
            Assert.Equal(ErrorCodes.InvalidPageToken, error.Code);
            Assert.Contains("another query", error.Message, StringComparison.Ordinal);
        }

        foreach (var damaged in new[] { "", "x", "not a token!", token[..^4], token[4..], (token[0] == 'A' ? 'B' : 'A') + token[1..], new string('A', 10_000) })
        {
            var error = Assert.Throws<MlOpsException>(() => RunCursor.Read(query with { PageToken = damaged }));
            Assert.Equal(ErrorCodes.InvalidPageToken, error.Code);
        }
    }

    [Theory]
    [InlineData("flights@3 sha256:abc", "flights", "abc")]
    [InlineData("flights", "flights", null)]
    [InlineData("https://ann@host/data.csv", "https://ann@host/data.csv", null)]
    [InlineData("a@b@3 sha256:abc", "a@b", "abc")]
    public void An_input_is_taken_apart(string reference, string name, string? digest) =>
        Assert.Equal(new RunInput("training", name, digest), RunInput.Parse("training", reference));
}
