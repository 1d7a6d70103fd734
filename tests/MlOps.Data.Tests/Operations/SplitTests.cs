using FsCheck.Xunit;
using MlOps.Conformance;

namespace MlOps.Data.Tests.Operations;

public sealed class SplitTests
{
    private static readonly double[][] Shares = [[0.5, 0.5], [0.8, 0.2], [0.7, 0.15, 0.15], [0.01, 0.99], [0.25, 0.25, 0.25, 0.25]];

    private static Dataset Numbered(int count, Func<int, string?> group) => Dataset.FromEnumerable("numbers", Enumerable.Range(0, count), c => c
        .Column("n", i => i)
        .Column("group", group));

    [Property(MaxTest = 60)]
    public async Task Parts_are_disjoint_cover_keep_the_order_and_do_not_depend_on_batches(int seed, ushort size, byte shares, byte kinds)
    {
        var data = Numbered(size % 500, i => i % 11 == 0 ? null : $"g{i % (1 + (kinds % 20))}");
        foreach (var split in AllWays(data, Shares[shares % Shares.Length], seed))
        {
            List<double> all = [];
            foreach (var part in split)
            {
                var numbers = await part.ReadNumbersAsync("n");
                Assert.Equal(numbers.Order(), numbers);
                all.AddRange(numbers);
                await DatasetRows.AssertReadableInPartsAsync(part, seed);
            }

            Assert.Equal(Enumerable.Range(0, size % 500).Select(i => (double)i), all.Order());
        }
    }

    [Property(MaxTest = 60)]
    public async Task Equal_seeds_give_equal_splits_and_other_seeds_others(int seed)
    {
        var data = Numbered(400, i => $"g{i % 40}");
        var other = unchecked(seed + 1);
        for (var way = 0; way < 3; way++)
        {
            var first = await AllWays(data, [0.5, 0.5], seed)[way][0].ReadNumbersAsync("n");
            Assert.Equal(first, await AllWays(Numbered(400, i => $"g{i % 40}"), [0.5, 0.5], seed)[way][0].ReadNumbersAsync("n"));
            Assert.NotEqual(first, await AllWays(data, [0.5, 0.5], other)[way][0].ReadNumbersAsync("n"));
        }
    }

    [Property(MaxTest = 60)]
    public async Task A_split_by_group_never_shares_a_group_and_puts_it_in_the_same_part_of_another_data_set(int seed, ushort size, byte kinds, byte shares)
    {
        Func<int, string?> group = i => i % 13 == 0 ? null : $"g{(i * 7) % (1 + (kinds % 60))}";
        var data = Numbered(size % 600, group);
        var reversed = Dataset.FromEnumerable("reversed", Enumerable.Range(0, size % 600).Reverse(), c => c.Column("group", group));
        var (split, again) = (data.SplitByGroup("group", Shares[shares % Shares.Length], seed), reversed.SplitByGroup("group", Shares[shares % Shares.Length], seed));
        Dictionary<string, int> homes = [];
        for (var part = 0; part < split.Count; part++)
        {
            foreach (var value in (await split[part].ReadTextsAsync("group")).Concat(await again[part].ReadTextsAsync("group")))
            {
                Assert.Equal(part, homes.TryAdd(value ?? "missing", part) ? part : homes[value ?? "missing"]);
            }
        }
    }

    [Property(MaxTest = 60)]
    public async Task A_stratified_split_gives_every_value_its_share_to_within_a_row(int seed, ushort size, byte kinds, byte shares)
    {
        var random = new Random(seed);
        var labels = Enumerable.Range(0, size % 800).Select(_ => random.Next(8) == 0 ? null : $"l{random.Next(1 + (kinds % 12))}").ToArray();
        var wanted = Shares[shares % Shares.Length];
        var split = Numbered(labels.Length, i => labels[i]).SplitStratified("group", wanted, seed);
        for (var part = 0; part < wanted.Length; part++)
        {
            var counts = (await split[part].ReadTextsAsync("group")).CountBy(label => label ?? "missing").ToDictionary();
            foreach (var (label, count) in labels.CountBy(label => label ?? "missing"))
            {
                var exact = count * wanted[part];
                Assert.InRange(counts.GetValueOrDefault(label), Math.Floor(exact + 1e-6), Math.Ceiling(exact - 1e-6));
            }
        }
    }

    [Fact]
    public async Task Shares_hold_on_average_and_small_strata_are_not_always_in_the_same_part()
    {
        var token = TestContext.Current.CancellationToken;
        var data = Numbered(20_000, i => $"g{i / 2}");
        foreach (var split in AllWays(data, [0.7, 0.2, 0.1], 5))
        {
            // Six standard deviations of the noisiest way, which goes by groups of two.
            Assert.InRange(await split[0].CountAsync(token), 14_000 - 560, 14_000 + 560);
            Assert.InRange(await split[1].CountAsync(token), 4_000 - 490, 4_000 + 490);
            Assert.InRange(await split[2].CountAsync(token), 2_000 - 370, 2_000 + 370);
        }
    }

    [Fact]
    public async Task The_first_part_of_a_split_says_nothing_about_a_sample_or_a_split_of_another_kind()
    {
        var token = TestContext.Current.CancellationToken;
        var data = Numbered(10_000, i => $"g{i}");
        var first = (await data.Split([0.5, 0.5], 7)[0].ReadNumbersAsync("n", token)).ToHashSet();
        foreach (var other in new[] { data.Sample(0.5, 7), data.Sample(5000, 7), data.SplitByGroup("group", [0.5, 0.5], 7)[0], data.SplitStratified("group", [0.5, 0.5], 7)[0], data.Split([0.5, 0.5], 8)[0] })
        {
            var rows = await other.ReadNumbersAsync("n", token);
            Assert.InRange(rows.Count(first.Contains) / (double)rows.Length, 0.46, 0.54);
        }
    }

    [Property(MaxTest = 60)]
    public async Task A_sample_has_its_size_keeps_the_order_and_holds_the_smaller_sample(int seed, ushort size, ushort count)
    {
        var (rows, wanted) = (size % 700, count % 800);
        var data = Numbered(rows, i => $"g{i}");
        var numbers = await data.Sample(wanted, seed).ReadNumbersAsync("n");
        Assert.Equal(Math.Min(rows, wanted), numbers.Distinct().Count());
        Assert.Equal(numbers.Order(), numbers);
        Assert.Subset(numbers.ToHashSet(), (await data.Sample(wanted / 2, seed).ReadNumbersAsync("n")).ToHashSet());
        await DatasetRows.AssertReadableInPartsAsync(data.Sample(wanted, seed), seed);
        await DatasetRows.AssertReadableInPartsAsync(data.Sample(0.3, seed), seed);
        Assert.Equal(rows, await data.Sample(1.0, seed).CountAsync());
        Assert.Equal(0, await data.Sample(0.0, seed).CountAsync());
    }

    [Fact]
    public async Task Every_row_is_as_likely_as_any_other_to_be_in_a_sample()
    {
        var token = TestContext.Current.CancellationToken;
        var held = await Numbered(50, i => null).ToMemoryAsync(token);
        var counts = new int[50];
        for (var seed = 0; seed < 2000; seed++)
        {
            foreach (var row in await held.Sample(10, seed).ReadNumbersAsync("n", token))
            {
                counts[(int)row]++;
            }
        }

        // 400 expected, standard deviation 17.9; χ² of 49 degrees is 85 at one in a thousand.
        Assert.InRange(counts.Sum(count => (count - 400.0) * (count - 400) / (400 * 0.8)), 15, 90);
    }

    [Fact]
    public async Task A_split_by_time_knows_no_future_and_leaves_rows_without_a_time_out()
    {
        var token = TestContext.Current.CancellationToken;
        var data = Dataset.FromEnumerable("days", Enumerable.Range(0, 100), c => c.Column("n", i => i).Column("at", i => DateTimeOffset.UnixEpoch.AddDays(i)));
        var (train, validation, test) = data.SplitByTime("at", DateTimeOffset.UnixEpoch.AddDays(60), DateTimeOffset.UnixEpoch.AddDays(80));
        Assert.Equal(Enumerable.Range(0, 60).Select(i => (double)i), await train.ReadNumbersAsync("n", token));
        Assert.Equal(Enumerable.Range(60, 20).Select(i => (double)i), await validation.ReadNumbersAsync("n", token));
        Assert.Equal(Enumerable.Range(80, 20).Select(i => (double)i), await test.ReadNumbersAsync("n", token));
        Assert.Throws<ArgumentException>(() => data.SplitByTime("at", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.SplitByTime("at"));
    }

    [Fact]
    public async Task Wrong_shares_unknown_columns_and_the_wrong_number_of_parts_are_said_clearly()
    {
        var token = TestContext.Current.CancellationToken;
        var data = Numbered(10, i => null);
        foreach (var shares in new double[][] { [], [1], [0.5, 0.6], [1.2, -0.2], [double.NaN, 0.5], [0.5, 0.5, 0] })
        {
            Assert.Contains("add up to 1", Assert.Throws<ArgumentException>(() => data.Split(shares)).Message, StringComparison.Ordinal);
        }

        Assert.Contains("3 parts", Assert.Throws<InvalidOperationException>(() => { var (_, _) = data.Split([0.5, 0.25, 0.25]); }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Sample(1.5));
        foreach (var split in new[] { data.SplitByGroup("grup", [0.5, 0.5]), data.SplitStratified("grup", [0.5, 0.5]) })
        {
            var error = await Assert.ThrowsAsync<MlOpsException>(() => split[0].CountAsync(token));
            Assert.Equal(ErrorCodes.ColumnNotFound, error.Code);
            Assert.Contains("'group'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_source_that_changes_between_two_reads_is_not_split_wrongly_in_silence()
    {
        var token = TestContext.Current.CancellationToken;
        var reads = 0;
        IEnumerable<int> Growing() => Enumerable.Range(0, 10 * ++reads);
        var changing = Dataset.FromEnumerable("changing", Enumerable.Repeat(0, 1).SelectMany(_ => Growing()), c => c.Column("n", i => i).Column("label", i => i % 2));
        await Assert.ThrowsAsync<InvalidOperationException>(() => changing.SplitStratified("label", [0.5, 0.5])[0].ReadNumbersAsync("n", token));
    }

    private static DatasetSplit[] AllWays(Dataset data, double[] shares, int seed) =>
        [data.Split(shares, seed), data.SplitByGroup("group", shares, seed), data.SplitStratified("group", shares, seed)];
}
