using MlOps.Reports.Charts;

namespace MlOps.Reports.Tests;

public sealed class ReportTextTests
{
    [Fact]
    public void Text_shows_title_facts_and_an_aligned_table()
    {
        var report = new Report("Drift of credit")
            .Subtitle("2026-03-01")
            .Section("Features", section => section
                .Text("One feature drifted.", ReportTone.Bad)
                .Facts([("Rows", "1,204"), ("Reference", "v3")])
                .Table(SampleReport.Features()));

        const string Expected = """
            Drift of credit
            ===============
            2026-03-01

            Features
            --------
            [!!] One feature drifted.

            Rows       1,204
            Reference  v3

            feature               PSI  p-value  verdict
            --------------  ---------  -------  ----------
            income          [!!] 0.31     1e-9  [!!] drift
            age             [ok] 0.02     0.41  no drift
            city <unknown>   [!] 0.12     0.03  no drift

            """;
        Assert.Equal(Expected, report.ToText());
        Assert.Equal(report.ToText(), report.ToString());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_limit(int width)
    {
        Assert.All(SampleReport.Full().ToText(width).Split('\n'), line => Assert.True(line.Length <= width, $"{line.Length}: {line}"));
    }

    [Fact]
    public void A_table_that_cannot_fit_becomes_records_and_loses_no_value()
    {
        var table = ReportTable.Of(["x"], [.. Enumerable.Range(0, 12).Select(index => ($"column {index}", (Func<string, ReportCell>)(_ => $"value{index}")))]);
        var text = new Report("Wide").Section("All", section => section.Table(table)).ToText(40);

        Assert.All(Enumerable.Range(0, 12), index => Assert.Contains($"value{index}", text, StringComparison.Ordinal));
        Assert.Contains("[1]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_cells_wrap_and_keep_every_word()
    {
        var words = string.Join(' ', Enumerable.Range(0, 60).Select(index => $"word{index}"));
        var text = new Report("Long").Section("All", section => section.Table(ReportTable.Of([words], ("only", row => row)))).ToText(50);

        Assert.All(words.Split(' '), word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Control_codes_never_reach_the_terminal()
    {
        var report = new Report("a\u001b[31mred").Section("b\u009b2J", section => section
            .Text("c\a").Facts(("d\u001b]0;x", "e\r\nf")).Table(ReportTable.Of(["g\u001b[2J"], ("h\b", row => row)))
            .Chart(new BarChart { Title = "i\u001b", Categories = ["j\u001b"], Series = [new("k", [1])] }));

        Assert.DoesNotContain(report.ToText(), letter => char.IsControl(letter) && letter != '\n');
    }

    [Fact]
    public void Wide_letters_count_as_two_columns()
    {
        var lines = ReportTable.Of([("東京", "a"), ("Rome", "b")], ("city", row => row.Item1), ("x", row => row.Item2)).ToString().Split('\n');

        Assert.Equal("東京  a", lines[2]);
        Assert.Equal("Rome  b", lines[3]);
    }

    [Fact]
    public void A_chart_in_text_tells_its_range_limits_and_events()
    {
        var text = SampleReport.Full().ToText(200);

        Assert.Contains("20 points", text, StringComparison.Ordinal);
        Assert.Contains("3 missing", text, StringComparison.Ordinal);
        Assert.Contains("limit 0.8: alert below 0.80", text, StringComparison.Ordinal);
        Assert.Contains("2026-03-05 00:00:00: v2 promoted", text, StringComparison.Ordinal);
        Assert.Contains("< 24", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_table_says_so()
    {
        var table = ReportTable.Of(Array.Empty<string>(), ("name", row => row)) with { EmptyText = "no failed check" };

        Assert.Equal("(no failed check)\n", table.ToString());
    }

    [Fact]
    public void A_row_with_more_cells_than_columns_is_refused()
    {
        var table = new ReportTable { Columns = ["a"], Rows = [["1", "2"]] };

        var error = Assert.Throws<ArgumentException>(() => new Report("r").Section("s").Table(table));
        Assert.Contains("Row 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,204.5 ms", true)]
    [InlineData("≤ 3 %", true)]
    [InlineData("NaN", true)]
    [InlineData("-∞", true)]
    [InlineData("7a3f09", false)]
    [InlineData("3 columns failed", false)]
    [InlineData("income", false)]
    public void Columns_of_numbers_go_right_and_words_left(string text, bool right)
    {
        var lines = ReportTable.Of(["first"], ("n", _ => "-"), ("a very long heading", _ => text)).ToString().Split('\n');

        Assert.Equal(right, lines[2].StartsWith("-   ", StringComparison.Ordinal));
    }
}
