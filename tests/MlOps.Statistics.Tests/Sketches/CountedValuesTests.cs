using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Sketches;

public sealed class CountedValuesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(3_000)]
    public void Counted_values_give_ranks_within_the_stated_error(int distinct)
    {
        var random = new Random(distinct);
        double[] values = [.. Enumerable.Range(0, distinct).Select(_ => random.NextDouble())];
        long[] counts = [.. values.Select(_ => 1L + random.Next(5_000))];
        var sketch = new KllSketch();
        for (var round = 0; round < 10; round++)
        {
            sketch.Add(values, counts);
        }

        Assert.Equal(10 * counts.Sum(), sketch.Count);
        Assert.Equal((values.Min(), values.Max()), (sketch.Minimum, sketch.Maximum));
        double total = counts.Sum();
        foreach (var value in values)
        {
            var rank = values.Zip(counts).Where(pair => pair.First <= value).Sum(pair => pair.Second) / total;
            Assert.Equal(rank, sketch.Rank(value), sketch.NormalizedRankError);
        }

        Assert.Equal(sketch.ToArray(), KllSketch.Read(sketch.ToArray()).ToArray());
        var merged = new KllSketch();
        merged.Add([0.5, 0.25]);
        merged.Merge(sketch);
        Assert.Equal(sketch.Count + 2, merged.Count);
    }

    [Property]
    public void Few_counted_values_are_exact(byte[] values)
    {
        var groups = values.Take(200).CountBy(value => value).ToArray();
        var counted = new KllSketch();
        counted.Add([.. groups.Select(group => (double)group.Key)], [.. groups.Select(group => (long)group.Value)]);
        var plain = new KllSketch();
        plain.Add([.. values.Take(200).Select(value => (double)value)]);
        Assert.Equal((true, plain.Count, plain.Minimum, plain.Maximum), (counted.IsExact, counted.Count, counted.Minimum, counted.Maximum));
        Assert.All(groups, group => Assert.Equal(plain.Rank(group.Key), counted.Rank(group.Key)));
    }

    [Fact]
    public void Counted_NaN_are_missing_and_impossible_counts_are_refused()
    {
        var sketch = new KllSketch();
        sketch.Add([double.NaN, 1], [5, 2]);
        Assert.Equal((2L, 5L), (sketch.Count, sketch.MissingCount));
        Assert.Throws<ArgumentException>(() => sketch.Add([1.0], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add([1.0], [0]));
    }

    [Property]
    public void Counted_texts_are_those_added_one_by_one_while_they_fit(byte[] values)
    {
        var counted = new SpaceSaving();
        var plain = new SpaceSaving();
        foreach (var chunk in values.Chunk(50))
        {
            counted.AddCounted([.. chunk.CountBy(value => $"t{value}").Select(group => KeyValuePair.Create(group.Key, (long)group.Value))]);
        }

        foreach (var value in values)
        {
            plain.Add($"t{value}");
        }

        Assert.Equal((plain.Count, plain.IsExact), (counted.Count, counted.IsExact));
        Assert.Equal(plain.Top(300), counted.Top(300));
    }

    [Fact]
    public void Counts_of_texts_that_were_left_out_stay_within_their_bounds()
    {
        var random = new Random(6);
        var sketch = new SpaceSaving(16);
        Dictionary<string, long> truth = [];
        for (var batch = 0; batch < 40; batch++)
        {
            var texts = Enumerable.Range(0, 500).Select(_ => random.NextDouble() < 0.3 ? "often" : $"t{random.Next(100_000)}")
                .CountBy(text => text).OrderByDescending(pair => pair.Value).ToArray();
            foreach (var (text, count) in texts)
            {
                truth[text] = truth.GetValueOrDefault(text) + count;
            }

            sketch.AddCounted([.. texts.Take(16).Select(pair => KeyValuePair.Create(pair.Key, (long)pair.Value))], texts.Skip(
                16).Sum(pair => (long)pair.Value));
        }

        Assert.Equal(20_000, sketch.Count);
        Assert.False(sketch.IsExact);
        Assert.Equal("often", sketch.Top(1)[0].Value);
        Assert.All(sketch.Top(16), hitter => Assert.InRange(truth[hitter.Value], hitter.Count - hitter.Error, hitter.Count));
        Assert.True(truth.Keys.Except(sketch.Top(16).Select(hitter => hitter.Value)).Max(text => truth[text]) <= sketch.UnseenBound);
        Assert.Equal(sketch.Top(16), SpaceSaving.Read(sketch.ToArray()).Top(16));
        Assert.Throws<ArgumentException>(() => sketch.AddCounted([KeyValuePair.Create("a", 1L)], leftOut: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.AddCounted([KeyValuePair.Create("a", 0L)]));
    }
}
