using Apache.Arrow.Types;
using FsCheck.Xunit;
using MlOps.Conformance;
using MlOps.Data.Operations.Keys;

namespace MlOps.Data.Tests.Operations;

public sealed class JoinTests
{
    [Property(MaxTest = 80)]
    public async Task A_join_equals_the_join_by_two_loops_whatever_the_batches(int seed, byte leftSize, byte rightSize, byte kinds, bool left, bool twoKeys)
    {
        var random = new Random(seed);
        (string? Key, int Day)[] Draw(int size) => [.. Enumerable.Range(0, size).Select(_ => (random.Next(9) == 0 ? null : $"k{random.Next(1 + (kinds % 30))}", random.Next(3)))];
        var (ours, theirs) = (Draw(leftSize), Draw(rightSize % 60));
        var one = Dataset.FromEnumerable("one", Enumerable.Range(0, ours.Length), c => c.Column("row", i => i).Column("key", i => ours[i].Key).Column("day", i => ours[i].Day));
        var two = Dataset.FromEnumerable("two", Enumerable.Range(0, theirs.Length), c => c.Column("value", i => $"v{i}").Column("id", i => theirs[i].Key).Column("on", i => (long)theirs[i].Day));
        var joined = one.Join(two, new JoinOptions
        {
            On = twoKeys ? ["key", "day"] : ["key"],
            OtherOn = twoKeys ? ["id", "on"] : ["id"],
            Kind = left ? JoinKind.Left : JoinKind.Inner,
        });
        List<(string, string?)> expected = [];
        for (var i = 0; i < ours.Length; i++)
        {
            var partners = Enumerable.Range(0, theirs.Length).Where(j => ours[i].Key is not null && theirs[j].Key == ours[i].Key && (!twoKeys || theirs[j].Day == ours[i].Day)).ToList();
            expected.AddRange(partners.Count == 0 ? left ? [($"{i}", null)] : [] : partners.Select(j => ($"{i}", (string?)$"v{j}")));
        }

        var rows = await DatasetRows.ReadAsync(joined, new DatasetReadOptions { Columns = ["row", "value"] });
        Assert.Equal(expected, rows.Select(row => (row[0]!, row[1])));
        await DatasetRows.AssertReadableInPartsAsync(joined, seed);
    }

    [Fact]
    public async Task Every_plain_type_is_carried_and_compared()
    {
        var token = TestContext.Current.CancellationToken;
        var table = RandomTable.Draw(3, 60, RandomTable.AllTypes, missing: 0.1);
        for (var column = 0; column < RandomTable.AllTypes.Count; column++)
        {
            var name = $"c{column}";
            var other = table.Select(name).Distinct().Rename(name, "key").WithColumn("found", row => true, []);
            var joined = table.Join(other, new JoinOptions { On = [name], OtherOn = ["key"], Kind = JoinKind.Left, OneMatch = true });
            await DatasetRows.AssertEqualAsync(table, joined.Select([.. Enumerable.Range(0, RandomTable.AllTypes.Count).Select(i => $"c{i}")]), token);
            var keys = await table.ReadTextsAsync(name, token);
            Assert.Equal(keys.Select(key => key is null ? null : "true"), await joined.ReadTextsAsync("found", token));
            Assert.Equal(keys.Distinct(), await other.ReadTextsAsync("key", token));
        }
    }

    [Fact]
    public async Task Keys_of_other_widths_and_units_are_compared_and_other_types_are_refused_by_name()
    {
        var token = TestContext.Current.CancellationToken;
        var small = RandomTable.Draw(1, 50, [Int32Type.Default, new TimestampType(TimeUnit.Second, "UTC"), FloatType.Default], missing: 0);
        var ints = Dataset.FromEnumerable("ints", [(-1L, 1.0), (2, 2), (2, 3)], c => c.Column("c0", x => x.Item1).Column("v", x => x.Item2));
        var matches = await small.Join(ints, "c0").CountAsync(token);
        Assert.Equal((await small.ReadNumbersAsync("c0", token)).Sum(n => n == -1 ? 1 : n == 2 ? 2 : 0), matches);
        Assert.True(matches > 0);
        var times = await small.ReadTimesAsync("c1", token);
        var micros = Dataset.FromEnumerable("micros", times.Take(5), c => c.Column("c1", time => time!.Value));
        Assert.Equal(5, await small.Select("c1").Join(micros, "c1").CountAsync(token));
        var error = await Assert.ThrowsAsync<MlOpsException>(() => small.Join(ints.Rename("c0", "c2").Select("c2"), "c2").CountAsync(token));
        Assert.Equal(ErrorCodes.ColumnType, error.Code);
        Assert.Contains("'c2' is float in 'random' and 'c2' is int64 in 'ints'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_zeros_are_one_key_and_NaN_is_none()
    {
        var token = TestContext.Current.CancellationToken;
        static Dataset Of(params double[] keys) => Dataset.FromEnumerable("d", keys, c => c.Column("k", k => k));
        Assert.Equal(1, await Of(0.0, double.NaN).Join(Of(-0.0, double.NaN), "k").CountAsync(token));
        Assert.Equal(2, await Of(0.0, -0.0, double.NaN, double.NaN).Distinct("k").CountAsync(token));
    }

    [Fact]
    public async Task Clashes_duplicates_sizes_and_unknown_columns_are_said_clearly()
    {
        var token = TestContext.Current.CancellationToken;
        var flights = Dataset.FromEnumerable("flights", [("AA", 1), ("UA", 2)], c => c.Column("carrier", x => x.Item1).Column("name", x => $"f{x.Item2}"));
        var carriers = Dataset.FromEnumerable("carriers", [("AA", "American"), ("AA", "Again")], c => c.Column("carrier", x => x.Item1).Column("name", x => x.Item2));
        var error = await Assert.ThrowsAsync<MlOpsException>(() => flights.Join(carriers, "carrier").CountAsync(token));
        Assert.Equal(ErrorCodes.ColumnConflict, error.Code);
        Assert.Contains("'name'", error.Message, StringComparison.Ordinal);
        var suffixed = flights.Join(carriers, new JoinOptions { On = ["carrier"], Suffix = "_carrier" });
        Assert.Equal(["carrier", "name", "name_carrier"], (await suffixed.GetSchemaAsync(token)).FieldsList.Select(field => field.Name));
        Assert.Equal(["American", "Again"], await suffixed.ReadTextsAsync("name_carrier", token));
        error = await Assert.ThrowsAsync<MlOpsException>(() => flights.Join(carriers, new JoinOptions { On = ["carrier"], Suffix = "2", OneMatch = true }).CountAsync(token));
        Assert.Equal(ErrorCodes.DuplicateKey, error.Code);
        Assert.Contains("carrier = 'AA' in the rows 0 and 1", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<MlOpsException>(() => flights.Join(carriers, new JoinOptions { On = ["carrier"], Suffix = "2", MaxOtherBytes = 10 }).CountAsync(token));
        Assert.Equal(ErrorCodes.TooLarge, error.Code);
        error = await Assert.ThrowsAsync<MlOpsException>(() => flights.Join(carriers, "carier").CountAsync(token));
        Assert.Contains("'carrier'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => flights.Join(carriers, new JoinOptions { On = ["carrier"], OtherOn = ["carrier", "name"] }));
    }

    [Property(MaxTest = 40)]
    public async Task Renamed_columns_hold_the_same_cells_and_may_swap_their_names(int seed, byte size)
    {
        var table = RandomTable.Draw(seed, size, RandomTable.CommonTypes);
        var renamed = table.Rename(new Dictionary<string, string> { ["c0"] = "c1", ["c1"] = "c0", ["c5"] = "text" });
        Assert.Equal(["c1", "c0", "c2", "c3", "c4", "text", "c6"], (await renamed.GetSchemaAsync()).FieldsList.Select(field => field.Name));
        DatasetRows.AssertEqual(await DatasetRows.ReadAsync(table), await DatasetRows.ReadAsync(renamed));
        await DatasetRows.AssertReadableInPartsAsync(renamed, seed);
        var clash = await Assert.ThrowsAsync<MlOpsException>(async () => await table.Rename("c0", "c3").GetSchemaAsync());
        Assert.Equal(ErrorCodes.ColumnConflict, clash.Code);
        Assert.Contains("'c0' and 'c3'", clash.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.ColumnNotFound, (await Assert.ThrowsAsync<MlOpsException>(async () => await table.Rename("x", "y").GetSchemaAsync())).Code);
    }

    [Property(MaxTest = 40)]
    public async Task Distinct_keeps_the_first_row_of_each_key(int seed, byte size)
    {
        var table = RandomTable.Draw(seed, size, RandomTable.AllTypes);
        foreach (var keys in new string[][] { ["c0"], ["c5"], ["c4", "c5"], ["c8", "c16"] })
        {
            var ordinals = keys.Select(key => int.Parse(key[1..], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var expected = (await DatasetRows.ReadAsync(table)).DistinctBy(row => string.Join('\u0001', ordinals.Select(i => row[i] ?? "\u0002"))).ToList();
            DatasetRows.AssertEqual(expected, await DatasetRows.ReadAsync(table.Distinct(keys)));
            await DatasetRows.AssertReadableInPartsAsync(table.Distinct(keys), seed);
        }

        Assert.Equal((await DatasetRows.ReadAsync(table)).DistinctBy(row => string.Join('\u0001', row.Select(cell => cell ?? "\u0002"))).Count(), await table.Concat(table).Distinct().CountAsync());
    }

    [Fact]
    public async Task Data_sets_that_do_not_fit_are_not_put_together_and_the_column_is_named()
    {
        var token = TestContext.Current.CancellationToken;
        var one = Dataset.FromEnumerable("one", [1], c => c.Column("a", i => i).Column("b", i => $"{i}"));
        var reordered = one.Select("b", "a");
        Assert.Equal(["1", "1"], await one.Concat(reordered).ReadTextsAsync("b", token));
        foreach (var (other, code, text) in new[]
        {
            (one.WithColumn("b", row => 1.0, "a"), ErrorCodes.ColumnType, "'b' is utf8 in 'one' and double in 'one'"),
            (one.Select("a"), ErrorCodes.ColumnNotFound, "'b'"),
            (one.WithColumn("c", row => 1.0, "a"), ErrorCodes.ColumnNotFound, "'c'"),
        })
        {
            var error = await Assert.ThrowsAsync<MlOpsException>(() => one.Concat(other).CountAsync(token));
            Assert.Equal(code, error.Code);
            Assert.Contains(text, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_key_table_numbers_keys_in_the_order_in_which_they_come()
    {
        var (random, table, numbers) = (new Random(1), new KeyTable(), new Dictionary<string, int>());
        for (var i = 0; i < 200_000; i++)
        {
            var key = new string('x', random.Next(40)) + random.Next(20_000);
            var bytes = System.Text.Encoding.UTF8.GetBytes(key);
            var isKnown = numbers.TryGetValue(key, out var number);
            Assert.Equal(isKnown ? number : -1, table.Find(bytes));
            Assert.Equal(isKnown ? number : numbers.Count, table.Add(bytes, out var isNew));
            Assert.Equal(!isKnown, isNew);
            numbers.TryAdd(key, numbers.Count);
        }

        Assert.Equal(numbers.Count, table.Count);
        Assert.All(numbers, pair => Assert.Equal(pair.Key, System.Text.Encoding.UTF8.GetString(table[pair.Value])));
    }
}
