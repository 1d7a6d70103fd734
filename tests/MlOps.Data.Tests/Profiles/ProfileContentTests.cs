using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Statistics;

namespace MlOps.Data.Tests.Profiles;

public sealed class ProfileContentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_are_counted_by_sign_wholeness_and_frequency()
    {
        var profile = await Dataset.FromEnumerable("numbers", Enumerable.Range(0, 10_000), c => c
            .Column("few", i => (i % 5) - 2)
            .Column("many", i => i + 0.5)
            .Column("skewed", i => Math.Pow(i / 1000.0, 3))).ProfileAsync(cancellationToken: Token);
        var few = profile["few"];
        Assert.Equal((5L, 2_000L, 4_000L, true), (few.Distinct, few.ZeroCount, few.NegativeCount, few.IsWhole));
        Assert.Equal([new("-1", 2_000, 0), new("-2", 2_000, 0), new("0", 2_000, 0), new("1", 2_000, 0), new HeavyHitter("2", 2_000, 0)],
            few.TopValues);
        Assert.Equal([-2.0, -1, 0, 1, 2], few.Quantiles.Select(pair => pair.Value));
        var many = profile["many"];
        Assert.Equal((0L, false, 0), (many.ZeroCount, many.IsWhole, many.TopValues.Count));
        Assert.Equal(0.0, many.Skewness!.Value, 1e-6);
        Assert.Equal(-1.2, many.Kurtosis!.Value, 1e-3);
        Assert.True(profile["skewed"].Skewness > 0.8);
        Assert.Equal(many.Variance!.Value, many.StandardDeviation!.Value * many.StandardDeviation.Value, 1e-6);
        Assert.InRange(many.Quantile(0.5)!.Value, 4_800, 5_200);
        Assert.All(many.QuantileHistogram!.Counts, count => Assert.InRange(count, 200, 800));
    }

    [Fact]
    public async Task Texts_have_lengths_patterns_and_exact_counts_while_few()
    {
        var profile = await Dataset.FromEnumerable("texts", Enumerable.Range(0, 9_000), c => c
            .Column("code", i => i % 9 == 0 ? "" : $"K{i % 9}-{(i % 9 < 3 ? "x" : "yy")}")
            .Column("id", i => $"{i:D6}")).ProfileAsync(cancellationToken: Token);
        var code = profile["code"];
        Assert.Equal((9L, 1_000L, 0, 5), (code.Distinct, code.EmptyCount, code.MinLength, code.MaxLength));
        Assert.Equal([new("A9-aa", 6_000, 0), new("A9-a", 2_000, 0), new HeavyHitter("", 1_000, 0)], code.Patterns);
        Assert.Equal(((6_000 * 5) + (2_000 * 4)) / 9_000.0, code.MeanLength!.Value, 1e-9);
        var id = profile["id"];
        Assert.Equal([new HeavyHitter("999999", 9_000, 0)], id.Patterns);
        Assert.InRange(id.Distinct!.Value, 8_800, 9_000);
    }

    [Fact]
    public async Task A_text_that_makes_up_a_hundredth_of_very_many_is_found_with_its_bounds()
    {
        var profile = await Dataset.FromEnumerable("long tail", Enumerable.Range(0, 60_000), c =>
            c.Column("key", i => i % 100 == 7 ? "often" : $"once {i}")).ProfileAsync(cancellationToken: Token);
        var often = profile["key"].TopValues[0];
        Assert.Equal("often", often.Value);
        Assert.InRange(600, often.Count - often.Error, often.Count);
        Assert.True(often.Error < 60);
    }

    [Fact]
    public async Task Times_are_counted_exactly_into_bins()
    {
        var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var profile = await Dataset.FromEnumerable("times", Enumerable.Range(0, 5_000), c => c
            .Column("at", i => i % 10 == 0 ? null : (DateTimeOffset?)start.AddMinutes(i))).ProfileAsync(cancellationToken: Token);
        var histogram = profile["at"].TimeHistogram!;
        Assert.Equal((4_500L, 500L), (histogram.Counts.Sum(), profile["at"].MissingCount));
        Assert.InRange(histogram.Counts.Count, 10, 40);
        Assert.True(histogram.Edges[0] <= start && histogram.Edges[^1] > start.AddMinutes(4_999));
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            Assert.Equal(
                Enumerable.Range(0, 5_000).Count(
                    row => row % 10 != 0 && start.AddMinutes(row) >= histogram.Edges[i] && start.AddMinutes(row) < histogram.Edges[i + 1]),
                histogram.Counts[i]);
        }
    }

    [Fact]
    public async Task Correlations_are_those_of_the_rows_that_have_both()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 5_000).Select(_ => (X: random.NextDouble(), Y: random.NextDouble())).ToArray();
        var data = Dataset.FromEnumerable("pairs", rows, c => c
            .Column("x", row => row.X < 0.1 ? (double?)null : 1e6 + row.X)
            .Column("text", row => "t")
            .Column("y", row => row.Y > 0.9 ? double.NaN : (row.X * 2) + row.Y));
        var profile = await data.ProfileAsync(new DataProfileOptions { Correlations = true }, Token);
        var both = rows.Where(row => row.X >= 0.1 && row.Y <= 0.9).ToArray();
        var pair = Assert.Single(profile.Correlations);
        Assert.Equal(("x", "y", (long)both.Length), (pair.Left, pair.Right, pair.Count));
        Assert.Equal(
            Pearson.Test([.. both.Select(row => row.X)], [.. both.Select(row => (row.X * 2) + row.Y)]).Statistic, pair.Coefficient, 1e-9);
        var halves = DataProfile.Merge(
            await data.Take(1_111).ProfileAsync(new DataProfileOptions { Correlations = true }, Token),
            await data.Where(row => true).ProfileAsync(new DataProfileOptions { Correlations = true }, Token));
        Assert.Equal(pair.Count + rows.Take(1_111).Count(row => row.X >= 0.1 && row.Y <= 0.9), halves.Correlations[0].Count);
        Assert.Empty((await data.ProfileAsync(cancellationToken: Token)).Correlations);
        Assert.Contains("Pearson", profile.ToReport().ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_of_personal_columns_appear_nowhere()
    {
        var data = Dataset.FromEnumerable("people", Enumerable.Range(0, 100), c => c
            .Column("name", i => i % 2 == 0 ? "Ada Lovelace" : "Alan Turing")
                .Column("salary", i => 54_321 + i).Column("city", i => "Bonn"));
        var profile = await data.ProfileAsync(new DataProfileOptions { PersonalColumns = ["name", "salary", "phone"] }, Token);
        Assert.True(profile["name"].IsPersonal);
        var shown = profile.ToText() + profile.ToReport().ToHtml() + profile.ToReport().ToText();
        Assert.Contains("•••", shown, StringComparison.Ordinal);
        Assert.Contains("Bonn", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Lovelace", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("54321", shown, StringComparison.Ordinal);
        var read = DataProfile.FromJson(profile.ToJson());
        Assert.Empty(read["name"].TopValues);
        Assert.Empty(read["name"].Patterns);
        Assert.True(DataProfile.Merge(read, profile)["salary"].IsPersonal);
        Assert.InRange(profile["name"].Distinct!.Value, 2, 2);
    }

    [Fact]
    public async Task A_fault_of_the_source_reaches_the_caller_after_what_was_read_before()
    {
        var data = new Dataset("broken", new Streaming(batches: 3, rows: 10, fails: true));
        var error = await Assert.ThrowsAsync<MlOpsException>(() => data.ProfileAsync(cancellationToken: Token));
        Assert.Equal(ErrorCodes.FileCorrupt, error.Code);
    }

    [Fact]
    public async Task A_fault_while_counting_waits_for_the_reader_and_reaches_the_caller()
    {
        var data = Dataset.FromEnumerable("times", Enumerable.Range(0, 10), c => c.Column("n", i => i));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => data.ReadAheadAsync(DatasetReadOptions.All, _ => throw new InvalidOperationException("counting"), Token));
    }

    /// <summary>Made while it is read, so that nothing but the profile can hold memory.</summary>
    [Fact]
    public async Task Memory_stays_bounded_however_many_rows_there_are()
    {
        await new Dataset("warm", new Streaming(batches: 2, rows: 65_536)).ProfileAsync(cancellationToken: Token);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var source = new Streaming(batches: 60, rows: 65_536);
        var profile = await new Dataset("large", source).ProfileAsync(cancellationToken: Token);
        Assert.Equal(60 * 65_536, profile.RowCount);
        Assert.True(source.Bytes > 300_000_000, $"{source.Bytes}");
        Assert.True(source.MostHeld - before < 120_000_000, $"{source.MostHeld - before:N0} bytes were held");
        Assert.InRange(profile["unique"].Distinct!.Value, 60 * 65_536 * 0.97, 60 * 65_536);
        Assert.True(profile.ToJson().Length < 100_000, $"{profile.ToJson().Length}");
    }

    private sealed class Streaming(int batches, int rows, bool fails = false) : IDatasetSource
    {
        private static readonly Schema Columns = new(
            [new Field("unique", StringType.Default, true), new Field("number", DoubleType.Default, true)], metadata: null);

        public long Bytes { get; private set; }

        public long MostHeld { get; private set; }

        public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => new(Columns);

        public async IAsyncEnumerable<RecordBatch> ReadAsync(
            DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var random = new Random(1);
            for (var batch = 0; batch < batches; batch++)
            {
                await Task.Yield();
                var texts = new StringArray.Builder();
                var numbers = new DoubleArray.Builder();
                for (var i = 0; i < rows; i++)
                {
                    var text = $"{new string('x', 50)} {(batch * rows) + i} {new string('y', 20)}";
                    Bytes += text.Length + 8;
                    texts.Append(text);
                    numbers.Append(random.NextDouble());
                }

                // A collection now and then, so that only what is held is counted.
                if (batch % 8 == 7)
                {
                    MostHeld = Math.Max(MostHeld, GC.GetTotalMemory(forceFullCollection: true));
                }

                yield return new RecordBatch(Columns, [texts.Build(), numbers.Build()], rows);
            }

            if (fails)
            {
                throw new MlOpsException(ErrorCodes.FileCorrupt, "The rest is missing.");
            }
        }
    }
}
