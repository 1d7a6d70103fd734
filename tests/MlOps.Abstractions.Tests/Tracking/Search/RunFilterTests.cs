using MlOps.Tracking;

namespace MlOps.Abstractions.Tests;

public sealed class RunFilterTests
{
    [Theory]
    [InlineData("metrics.auc > 0.8 and params.model = 'gbt' and tags.owner LIKE 'a%'", "metrics.auc > 0.8 AND params.model = 'gbt' AND tags.owner LIKE 'a%'")]
    [InlineData("metric.`val loss` <= 1e-3", "metrics.`val loss` <= 0.001")]
    [InlineData("parameters.\"a b\"!='it''s'", "params.`a b` != 'it''s'")]
    [InlineData("attributes.status = \"finished\"", "status = 'FINISHED'")]
    [InlineData("attr.Created > 1700000000000", "start_time > 1700000000000")]
    [InlineData("run.`Run name` ILIKE '%x%'", "run_name ILIKE '%x%'")]
    [InlineData("run_id IN ('a', \"b\")", "run_id IN ('a', 'b')")]
    [InlineData("user_id = 'ann'", "tags.mlflow.user = 'ann'")]
    [InlineData("dataset.name = 'flights' AND datasets.context NOT IN ('test')", "datasets.name = 'flights' AND datasets.context NOT IN ('test')")]
    [InlineData("params.x IS NULL or tags.y is not null", "params.x IS NULL OR tags.y IS NOT NULL")]
    [InlineData("not (metrics.a = 1 or not metrics.b = -2.5)", "NOT (metrics.a = 1 OR NOT metrics.b = -2.5)")]
    [InlineData("(params.a = 1 OR params.b = 2) AND ((params.c = 3))", "(params.a = 1 OR params.b = 2) AND params.c = 3")]
    [InlineData("params.lr < 0.01", "params.lr < 0.01")]
    [InlineData("status = 'cancelled'", "status = 'KILLED'")]
    [InlineData("start_time >= '1970-01-01T00:00:01Z'", "start_time >= 1000")]
    [InlineData("end_time < '1970-01-02'", "end_time < 86400000")]
    [InlineData("duration > '00:01:30'", "duration > 90000")]
    [InlineData("tags.and = 'x' AND params.or.in != 'y'", "tags.and = 'x' AND params.or.in != 'y'")]
    public void A_filter_is_read_and_written_in_one_form(string text, string written) => Assert.Equal(written, RunFilter.Parse(text).ToString());

    [Theory]
    [InlineData("metrics.loss.min < 1", "loss", MetricAggregate.Min)]
    [InlineData("metrics.val.loss.last < 1", "val.loss", MetricAggregate.Latest)]
    [InlineData("metrics.val.loss < 1", "val.loss", MetricAggregate.Latest)]
    [InlineData("metrics.loss.best < 1", "loss", MetricAggregate.Best)]
    [InlineData("metrics.loss.count < 1", "loss", MetricAggregate.Count)]
    [InlineData("metrics.`loss.min` < 1", "loss.min", MetricAggregate.Latest)]
    [InlineData("metrics.\"loss.min\".first < 1", "loss.min", MetricAggregate.First)]
    [InlineData("metrics.min < 1", "min", MetricAggregate.Latest)]
    [InlineData("metrics.`a``b`.max < 1", "a`b", MetricAggregate.Max)]
    public void A_metric_whose_own_name_ends_like_a_summary_is_reached_in_quotes(string text, string name, MetricAggregate aggregate)
    {
        var field = Assert.IsType<RunCondition>(RunFilter.Parse(text)).Field;
        Assert.Equal(RunField.Metric(name, aggregate), field);
        Assert.Equal(field, Assert.IsType<RunCondition>(RunFilter.Parse($"{field} < 1")).Field);
    }

    [Theory]
    [InlineData("", 1, "The filter ends here", "a field")]
    [InlineData("metrics.auc >", 14, "The filter ends here", "a number")]
    [InlineData("metrics.auc > 'high'", 15, "'high' is a text", "a number")]
    [InlineData("metrics.auc > '0.5'", 15, "'0.5' is a text", "0.5, without quotes")]
    [InlineData("metrics.auc LIKE 'a'", 13, "metrics.auc is a number", ">=")]
    [InlineData("metric.auc ~ 1", 12, "'~' cannot stand here", "an operator after metrics.auc")]
    [InlineData("statsu = 'FAILED'", 1, "no attribute 'statsu'", "'status'")]
    [InlineData("attributes.start_tme > 1", 12, "no attribute 'start_tme'", "'start_time'")]
    [InlineData("metricz.auc > 1", 1, "'metricz'", "'metrics.'")]
    [InlineData("datasets.nam = 'a'", 10, "no 'nam'", "'name'")]
    [InlineData("metrics.`loss`.mim < 1", 15, "'.mim' is no summary", "'.min'")]
    [InlineData("status = 'FINISHD'", 10, "no status 'FINISHD'", "'FINISHED'")]
    [InlineData("status = FINISHED", 10, "'FINISHED' cannot stand here", "in quotes")]
    [InlineData("params.a > 'b'", 12, "compares numbers", "a number")]
    [InlineData("run_name > 'b'", 10, "run_name is a text", "LIKE")]
    [InlineData("run_name = 5", 12, "5 is a number", "a text in quotes")]
    [InlineData("start_time > 'yesterday'", 14, "'yesterday' is no time", "2026-01-31")]
    [InlineData("duration > 'long'", 12, "'long' is no duration", "00:01:30")]
    [InlineData("params.a = 'b", 12, "This quote has no end", "a second '")]
    [InlineData("(params.a = 'b'", 16, "The filter ends here", "')' for the parenthesis at position 1")]
    [InlineData("params.a = 'b' params.c = 'd'", 16, "'params.c' cannot stand here", "AND, OR or the end")]
    [InlineData("params.a = 1.2.3", 12, "'1.2.3' is no finite number", "a number")]
    [InlineData("params.a = 1e999", 12, "'1e999' is no finite number", "a number")]
    [InlineData("params.a IN ()", 14, "')' cannot stand here", "a text in quotes")]
    [InlineData("params.a IN ('x' 'y')", 18, "cannot stand here", "',' or ')'")]
    [InlineData("params.a IS 5", 13, "'5' cannot stand here", "NULL or NOT NULL")]
    [InlineData("params. = 5", 8, "'params.' needs a name", "backticks")]
    public void An_error_says_what_is_wrong_where_and_what_was_expected(string text, int position, string problem, string expected)
    {
        var error = Assert.Throws<MlOpsException>(() => RunFilter.Parse(text));

        Assert.Equal(ErrorCodes.InvalidFilter, error.Code);
        Assert.Contains($"The filter is wrong at position {position}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message[error.Message.IndexOf("; expected ", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal($"  {new string(' ', position - 1)}^", error.Message.Split('\n')[^1]);
    }

    [Fact]
    public void The_place_in_a_long_filter_is_shown_with_what_stands_around_it()
    {
        var text = string.Join(" AND ", Enumerable.Range(0, 30).Select(i => $"metrics.m{i} > {i}")) + "\nAND metrics.x > 'y' AND metrics.z > 1" + new string(' ', 500);
        var lines = Assert.Throws<MlOpsException>(() => RunFilter.Parse(text)).Message.Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.Equal("'y'", lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 3));
        Assert.True(lines[1].Length < 120);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("NOT ")]
    [InlineData("(metrics.a = 1 AND ")]
    [InlineData("metrics.a = 1 AND ")]
    [InlineData("'")]
    [InlineData("`")]
    [InlineData("metrics.")]
    public void A_text_of_a_hundred_thousand_repetitions_is_refused(string part)
    {
        Refused(string.Concat(Enumerable.Repeat(part, 100_000)));
        Refused(string.Concat(Enumerable.Repeat(part, 40_000 / part.Length)));
        static void Refused(string text) => Assert.Equal(ErrorCodes.InvalidFilter, Assert.Throws<MlOpsException>(() => RunFilter.Parse(text)).Code);
    }

    [Fact]
    public void A_filter_made_in_code_is_bounded_too()
    {
        RunFilter filter = new RunCondition(RunField.Metric("a"), RunOperator.Equal, 1.0);
        Assert.Throws<MlOpsException>(() =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                filter = new RunFilterNot(filter);
            }
        });
        Assert.Throws<MlOpsException>(() => new RunFilterAll(Enumerable.Repeat(filter, 501).ToList()));
        Assert.Throws<MlOpsException>(() => new RunCondition(RunField.Tag("a"), RunOperator.In, Enumerable.Repeat((RunLiteral)"x", 10_001).ToList()));
    }

    [Fact]
    public void A_condition_made_in_code_keeps_the_rules()
    {
        Assert.Throws<ArgumentException>(() => new RunCondition(RunField.Metric("a"), RunOperator.Like, "x"));
        Assert.Throws<ArgumentException>(() => new RunCondition(RunField.Tag("a"), RunOperator.Equal));
        Assert.Throws<ArgumentException>(() => new RunCondition(RunField.Tag("a"), RunOperator.IsNull, "x"));
        Assert.Throws<ArgumentException>(() => RunField.Attribute("colour"));
        Assert.Throws<ArgumentException>(() => RunField.Dataset("colour"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunLiteral(double.NaN));
        Assert.Equal(RunFilter.Parse("status = 'KILLED'"), new RunCondition(RunField.Attribute("status"), RunOperator.Equal, "Cancelled"));
    }

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "ABC", false)]
    [InlineData("abc", "a%", true)]
    [InlineData("abc", "%b%", true)]
    [InlineData("abc", "a_c", true)]
    [InlineData("abc", "a__c", false)]
    [InlineData("", "%", true)]
    [InlineData("", "_", false)]
    [InlineData("a%c", "a%c", true)]
    [InlineData("a\\c", "a\\%", true)]
    [InlineData("🛫x", "_x", true)]
    [InlineData("aaaab", "%a%b", true)]
    [InlineData("a.c", "a.%", true)]
    [InlineData("abc", ".%", false)]
    public void A_pattern_fits_the_whole_text(string text, string pattern, bool fits)
    {
        Assert.Equal(fits, new RunCondition(RunField.Tag("t"), RunOperator.Like, pattern).IsMatch(text));
        Assert.Equal(!fits, new RunCondition(RunField.Tag("t"), RunOperator.NotLike, pattern).IsMatch(text));
    }

    [Fact]
    public void A_pattern_of_many_wildcards_takes_no_exponential_time() =>
        Assert.False(new RunCondition(RunField.Tag("t"), RunOperator.ILike, string.Concat(Enumerable.Repeat("%a", 500)) + "%b").IsMatch(new string('a', 8000)));

    [Theory]
    [InlineData("val_loss", true)]
    [InlineData("test/RMSE", true)]
    [InlineData("logLoss", true)]
    [InlineData("loss", true)]
    [InlineData("auc", false)]
    [InlineData("glossary_hits", false)]
    [InlineData("accuracy", false)]
    public void Losses_and_errors_are_better_when_they_fall(string metric, bool lower) => Assert.Equal(lower, MetricDirection.IsLowerBetter(metric));
}
