using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Sketches;

public sealed class SpaceSavingTests
{
    [Property(MaxTest = 500)]
    public void No_count_is_too_low_and_the_stated_error_is_honest(byte[] stream, byte capacity) =>
        Judge(Sketch(stream, 1 + (capacity % 12)), stream);

    [Property(MaxTest = 500)]
    public void Merged_shards_keep_all_promises_of_the_union(byte[][] shards, byte capacity)
    {
        var union = new SpaceSaving(1 + (capacity % 12));
        foreach (var shard in shards)
        {
            union.Merge(Sketch(shard, union.Capacity));
        }

        Judge(union, [.. shards.SelectMany(shard => shard)]);
    }

    [Property(MaxTest = 500)]
    public void A_merged_sketch_that_goes_on_counting_keeps_all_promises(byte[] left, byte[] right, byte[] more, byte capacity)
    {
        var sketch = Sketch(left, 1 + (capacity % 12));
        sketch.Merge(Sketch(right, sketch.Capacity));
        foreach (var value in more)
        {
            sketch.Add(Name(value));
        }

        Judge(sketch, [.. left, .. right, .. more]);
    }

    [Fact]
    public void Skewed_streams_keep_all_promises()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            byte[] stream = [.. Enumerable.Range(0, 20_000).Select(_ => (byte)(255 * Math.Pow(random.NextDouble(), 4)))];
            var parts = stream.Chunk(6_000).ToList();
            var union = Sketch(parts[0], 32);
            foreach (var part in parts.Skip(1))
            {
                union.Merge(Sketch(part, 32));
            }

            Judge(Sketch(stream, 32), stream);
            Judge(union, stream);
        }
    }

    [Property(MaxTest = 300)]
    public void Counts_are_exact_while_there_are_no_more_texts_than_counters(byte[] stream, byte[] more)
    {
        var sketch = Sketch(stream, 256);
        sketch.Merge(Sketch(more, 256));
        byte[] all = [.. stream, .. more];

        Assert.True(sketch.IsExact);
        Assert.Equal(
            all.CountBy(Name).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => new HeavyHitter(entry.Key, entry.Value, 0)),
            sketch.Top(int.MaxValue));
    }

    [Fact]
    public void One_text_more_than_counters_ends_exactness_and_takes_over_the_least_counter()
    {
        var sketch = new SpaceSaving(2);
        sketch.Add("a", 5);
        sketch.Add("b", 3);
        Assert.True(sketch.IsExact);
        sketch.Add("c");

        Assert.False(sketch.IsExact);
        Assert.Equal(9, sketch.Count);
        Assert.Equal([new("a", 5, 0), new("c", 4, 3)], sketch.Top(5));
        Assert.Equal([new("a", 5, 0)], sketch.Top(1));
    }

    [Property(MaxTest = 300)]
    public void A_text_counts_alike_as_a_string_and_as_characters(byte[] stream, byte capacity)
    {
        var byString = Sketch(stream, 1 + (capacity % 12));
        var byCharacters = new SpaceSaving(1 + (capacity % 12));
        foreach (var value in stream)
        {
            byCharacters.Add(Name(value).AsSpan());
        }

        Assert.Equal(byString.Top(100), byCharacters.Top(100));
        Assert.Equal(byString.Count, byCharacters.Count);
    }

    [Fact]
    public void A_sketch_can_be_merged_into_itself_and_doubles()
    {
        var sketch = new SpaceSaving(2);
        sketch.Add("a", 5);
        sketch.Add("b", 3);
        sketch.Merge(sketch);

        Assert.Equal(16, sketch.Count);
        Assert.Equal([new("a", 10, 0), new("b", 6, 0)], sketch.Top(2));
    }

    [Fact]
    public void Sketches_of_unlike_capacity_refuse_to_merge() =>
        Assert.Throws<ArgumentException>(() => new SpaceSaving(10).Merge(new SpaceSaving(2)));

    [Property(MaxTest = 300)]
    public void A_sketch_read_back_is_the_same_and_goes_on_the_same(byte[] stream, byte[] more, byte capacity)
    {
        var sketch = Sketch(stream, 1 + (capacity % 12));
        var read = SpaceSaving.Read(sketch.ToArray());
        Assert.Equal(sketch.ToArray(), read.ToArray());
        Assert.Equal((sketch.Count, sketch.IsExact, sketch.UnseenBound), (read.Count, read.IsExact, read.UnseenBound));
        foreach (var value in more)
        {
            sketch.Add(Name(value));
            read.Add(Name(value));
        }

        Assert.Equal(sketch.Top(100), read.Top(100));
    }

    [Fact]
    public void Damaged_bytes_are_refused() => DamagedBytes.AreRefused(Sketch([1, 2, 3, 3, 9, 5, 3], 4).ToArray(), bytes => SpaceSaving.Read(bytes));

    [Property(MaxTest = 300)]
    public void Merges_in_any_order_and_grouping_keep_all_promises(byte[] first, byte[] second, byte[] third, byte capacity)
    {
        var size = 1 + (capacity % 12);
        foreach (var (a, b, c) in new[] { (first, second, third), (third, second, first), (second, third, first) })
        {
            var left = Sketch(a, size);
            left.Merge(Sketch(b, size));
            left.Merge(Sketch(c, size));
            var right = Sketch(b, size);
            right.Merge(Sketch(c, size));
            var grouped = Sketch(a, size);
            grouped.Merge(right);
            Judge(left, [.. first, .. second, .. third]);
            Judge(grouped, [.. first, .. second, .. third]);
        }
    }

    [Fact]
    public void A_text_that_has_or_takes_over_a_counter_costs_no_memory()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => Name((byte)i))];
        var sketch = new SpaceSaving(8);
        for (var warm = 0; warm < 2; warm++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 4_000; i++)
            {
                sketch.Add(names[i * i % 40]);
                sketch.Add("v0".AsSpan());
            }

            Assert.True(warm == 0 || GC.GetAllocatedBytesForCurrentThread() == before);
        }
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpaceSaving(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpaceSaving().Add("a", 0));
        Assert.Throws<ArgumentNullException>(() => new SpaceSaving().Add(null!));
        Assert.Throws<ArgumentNullException>(() => new SpaceSaving().Merge(null!));
    }

    private static void Judge(SpaceSaving sketch, byte[] stream)
    {
        var truth = stream.CountBy(Name).ToDictionary();
        var top = sketch.Top(int.MaxValue).ToDictionary(hitter => hitter.Value);

        Assert.Equal(stream.Length, sketch.Count);
        Assert.InRange(top.Count, 0, sketch.Capacity);
        foreach (var (value, count, error) in top.Values)
        {
            Assert.InRange(truth.GetValueOrDefault(value), count - error, count);
        }

        foreach (var (value, count) in truth.Where(entry => !top.ContainsKey(entry.Key)))
        {
            Assert.True(count <= sketch.UnseenBound, $"'{value}' came {count} times, more than {sketch.UnseenBound}.");
        }

        foreach (var (value, count) in truth.Where(entry => entry.Value * (long)sketch.Capacity > stream.Length))
        {
            Assert.True(top.ContainsKey(value), $"'{value}' came {count} times of {stream.Length} and is not among the counters.");
        }

        if (sketch.IsExact)
        {
            Assert.Equal(truth.Count, top.Count);
            Assert.All(top.Values, hitter => Assert.Equal((truth[hitter.Value], 0), (hitter.Count, hitter.Error)));
        }
    }

    // Few names, so that short streams have ties, repeats and more texts than counters.
    private static string Name(byte value) => $"v{value % 40}";

    private static SpaceSaving Sketch(byte[] stream, int capacity)
    {
        var sketch = new SpaceSaving(capacity);
        foreach (var value in stream)
        {
            sketch.Add(Name(value));
        }

        return sketch;
    }
}
