using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Sketches;

public sealed class KllSketchTests
{
    private const int Seeds = 30;
    private static readonly double[] Probabilities = [.. Enumerable.Range(1, 99).Select(i => i / 100.0)];

    public static TheoryData<string> Orders => ["sorted", "reversed", "random", "ties", "outliers", "zigzag"];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Ranks_and_quantiles_keep_the_stated_error_in_99_percent_of_queries(string order)
    {
        int queries = 0, misses = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var stream = Stream(order, seed, 8_000 + (517 * seed));
            var sketch = new KllSketch(200);
            sketch.Add(stream);
            Judge(sketch, stream, ref queries, ref misses);
        }

        Assert.True(misses <= queries / 100, $"{misses} of {queries} answers were outside the bound.");
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Merged_shards_keep_the_stated_error_of_the_union(string order)
    {
        int queries = 0, misses = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var stream = Stream(order, seed, 8_000 + (517 * seed));
            var shards = stream.Chunk(1 + (stream.Length / (2 + (seed % 15)))).Select(Sketch).ToList();
            var union = new KllSketch(200);
            foreach (var shard in shards)
            {
                union.Merge(shard);
            }

            Assert.Equal(stream.Length, union.Count);
            Judge(union, stream, ref queries, ref misses);
        }

        Assert.True(misses <= queries / 100, $"{misses} of {queries} answers were outside the bound.");
    }

    [Fact]
    public void A_larger_k_states_and_keeps_a_smaller_error()
    {
        var stream = Stream("random", 7, 200_000);
        int queries = 0, misses = 0;
        var sketch = new KllSketch(1024);
        sketch.Add(stream);
        Judge(sketch, stream, ref queries, ref misses);

        Assert.Equal(0.0133, new KllSketch(200).NormalizedRankError, 4);
        Assert.Equal(0.0027, sketch.NormalizedRankError, 4);
        Assert.True(sketch.NormalizedRankError < new KllSketch(200).NormalizedRankError / 4);
        Assert.True(misses <= queries / 100, $"{misses} of {queries} answers were outside the bound.");
    }

    [Fact]
    public void The_sketch_of_a_million_values_stays_within_a_few_kilobytes()
    {
        var sketch = new KllSketch(200);
        for (var i = 0; i < 1_000_000; i++)
        {
            sketch.Add(i);
        }

        Assert.InRange(sketch.ToArray().Length, 1, 8_000);
        Assert.Equal(1_000_000, sketch.Count);
        Assert.Equal(0, sketch.Minimum);
        Assert.Equal(999_999, sketch.Maximum);
    }

    [Property(MaxTest = 300)]
    public void While_nothing_was_compacted_ranks_are_exact(double[] values)
    {
        var present = values.Where(value => !double.IsNaN(value)).Take(100).ToArray();
        var sketch = Sketch(present);

        foreach (var value in present)
        {
            Assert.Equal(present.Count(other => other <= value) / (double)present.Length, sketch.Rank(value), 12);
        }
    }

    [Property(MaxTest = 300)]
    public void A_merge_keeps_counts_missing_values_and_extremes(double[] left, double[] right)
    {
        var merged = Sketch(left);
        var before = Sketch(right).ToArray();
        var other = KllSketch.Read(before);
        merged.Merge(other);
        var all = left.Concat(right).ToArray();
        var present = all.Where(value => !double.IsNaN(value)).ToArray();

        Assert.Equal(present.Length, merged.Count);
        Assert.Equal(all.Length - present.Length, merged.MissingCount);
        Assert.Equal(present.Length == 0 ? double.NaN : present.Min(), merged.Minimum);
        Assert.Equal(present.Length == 0 ? double.NaN : present.Max(), merged.Maximum);
        Assert.Equal(before, other.ToArray());
    }

    [Fact]
    public void A_sketch_can_be_merged_into_itself()
    {
        var stream = Stream("random", 3, 5_000);
        var sketch = Sketch(stream);
        sketch.Merge(sketch);

        Assert.Equal(10_000, sketch.Count);
        int queries = 0, misses = 0;
        Judge(sketch, stream, ref queries, ref misses);
        Assert.True(misses <= queries / 100, $"{misses} of {queries} answers were outside the bound.");
    }

    [Fact]
    public void Sketches_of_unlike_k_refuse_to_merge() =>
        Assert.Throws<ArgumentException>(() => new KllSketch(200).Merge(new KllSketch(100)));

    [Property(MaxTest = 200)]
    public void Quantiles_rise_with_their_probability_and_stay_between_the_extremes(int seed, ushort length)
    {
        var sketch = Sketch(Stream("random", seed, 1 + length));
        var answers = new double[Probabilities.Length];
        sketch.Quantiles(Probabilities, answers);

        Assert.Equal(answers.Order(), answers);
        Assert.All(answers, answer => Assert.InRange(answer, sketch.Minimum, sketch.Maximum));
        Assert.Equal(sketch.Minimum, sketch.Quantile(0));
        Assert.Equal(sketch.Maximum, sketch.Quantile(1));
        Assert.Equal(1, sketch.Rank(sketch.Maximum));
    }

    [Fact]
    public void An_empty_sketch_answers_with_NaN()
    {
        var sketch = Sketch([double.NaN, double.NaN]);

        Assert.Equal((0, 2), (sketch.Count, sketch.MissingCount));
        Assert.True(double.IsNaN(sketch.Minimum) && double.IsNaN(sketch.Maximum) && double.IsNaN(sketch.Rank(0)) && double.IsNaN(sketch.Quantile(0.5)));
    }

    [Fact]
    public void Infinities_are_values_and_missing_ones_move_no_rank()
    {
        var sketch = Sketch([double.NegativeInfinity, double.NaN, 0, 1, double.PositiveInfinity]);

        Assert.Equal((4, 1), (sketch.Count, sketch.MissingCount));
        Assert.Equal(double.NegativeInfinity, sketch.Minimum);
        Assert.Equal(double.PositiveInfinity, sketch.Maximum);
        Assert.Equal(0.25, sketch.Rank(double.NegativeInfinity));
        Assert.Equal(0.75, sketch.Rank(1e308));
        Assert.Equal(1, sketch.Rank(double.PositiveInfinity));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void A_probability_outside_its_range_is_refused(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sketch([1, 2]).Quantile(probability));

    [Property(MaxTest = 200)]
    public void A_sketch_read_back_is_the_same_and_goes_on_the_same(int seed, ushort length, double[] more)
    {
        var sketch = Sketch([.. Stream("random", seed, length), .. more]);
        var read = KllSketch.Read(sketch.ToArray());

        Assert.Equal(sketch.ToArray(), read.ToArray());
        sketch.Add(more);
        read.Add(more);
        Assert.Equal(sketch.ToArray(), read.ToArray());
    }

    [Fact]
    public void A_full_sketch_allocates_nothing()
    {
        var stream = Stream("random", 9, 10_000);
        var sketch = new KllSketch(200);
        for (var i = 0; i < 100; i++)
        {
            sketch.Add(stream);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        sketch.Add(stream);
        foreach (var value in stream)
        {
            sketch.Add(value);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    public void Damaged_bytes_are_refused(int length) => DamagedBytes.AreRefused(Sketch(Stream("random", 5, length)).ToArray(), bytes => KllSketch.Read(bytes));

    [Property(MaxTest = 200)]
    public void Batches_of_any_length_give_the_sketch_of_single_values(int seed, ushort length, byte[] cuts, byte gaps)
    {
        var stream = Stream("random", seed, length % 5_000);
        for (var i = gaps; i < stream.Length && gaps > 200; i += gaps)
        {
            stream[i] = double.NaN;
        }

        var single = new KllSketch(64);
        foreach (var value in stream)
        {
            single.Add(value);
        }

        var batched = new KllSketch(64);
        var at = 0;
        foreach (var cut in cuts)
        {
            var next = Math.Min(stream.Length, at + (7 * cut));
            batched.Add(stream.AsSpan(at..next));
            at = next;
        }

        batched.Add(stream.AsSpan(at));
        Assert.Equal(single.ToArray(), batched.ToArray());
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_largest_of_all_rank_errors_keeps_the_stated_error_in_99_percent_of_sketches(string order)
    {
        var misses = 0;
        for (var seed = 1; seed <= 100; seed++)
        {
            var stream = Stream(order, seed, 20_000);
            var sketch = new KllSketch(64);
            sketch.Add(stream);
            misses += LargestRankError(sketch, stream) > sketch.NormalizedRankError ? 1 : 0;
        }

        Assert.InRange(misses, 0, 3);
    }

    [Property(MaxTest = 30)]
    public void Merges_in_any_order_and_grouping_keep_the_stated_error(int seed, ushort first, ushort second)
    {
        double[][] parts = [Stream("random", seed, first), Stream("sorted", seed, second), Stream("ties", seed, 9_000)];
        double[] all = [.. parts.SelectMany(part => part)];
        foreach (var (a, b, c) in new[] { (0, 1, 2), (2, 1, 0), (1, 2, 0) })
        {
            var left = Sketch(parts[a]);
            left.Merge(Sketch(parts[b]));
            left.Merge(Sketch(parts[c]));
            var right = Sketch(parts[b]);
            right.Merge(Sketch(parts[c]));
            var grouped = Sketch(parts[a]);
            grouped.Merge(right);

            // Twice the bound of 99 % is out of reach of chance.
            Assert.InRange(LargestRankError(left, all), 0, 2 * left.NormalizedRankError);
            Assert.InRange(LargestRankError(grouped, all), 0, 2 * grouped.NormalizedRankError);
        }
    }

    private static KllSketch Sketch(double[] values)
    {
        var sketch = new KllSketch(200);
        sketch.Add(values);
        return sketch;
    }

    private static void Judge(KllSketch sketch, double[] stream, ref int queries, ref int misses)
    {
        double[] sorted = [.. stream.Order()];
        var answers = new double[Probabilities.Length];
        sketch.Quantiles(Probabilities, answers);
        for (var i = 0; i < answers.Length; i++)
        {
            // The ranks of tied values are a range: an answer is as far off as its nearer end.
            var low = CountBelow(sorted, answers[i], inclusive: false) / (double)sorted.Length;
            var high = CountBelow(sorted, answers[i], inclusive: true) / (double)sorted.Length;
            var off = Math.Max(0, Math.Max(low - Probabilities[i], Probabilities[i] - high));
            misses += off > sketch.NormalizedRankError ? 1 : 0;

            var asked = sorted[(int)(Probabilities[i] * sorted.Length)];
            var truth = CountBelow(sorted, asked, inclusive: true) / (double)sorted.Length;
            misses += Math.Abs(sketch.Rank(asked) - truth) > sketch.NormalizedRankError ? 1 : 0;
            queries += 2;
        }
    }

    private static double LargestRankError(KllSketch sketch, double[] stream)
    {
        double[] sorted = [.. stream.Order()];
        var largest = 0.0;
        for (var i = 0; i < sorted.Length; i += 1 + (sorted.Length / 500))
        {
            var truth = CountBelow(sorted, sorted[i], inclusive: true) / (double)sorted.Length;
            largest = Math.Max(largest, Math.Abs(sketch.Rank(sorted[i]) - truth));
        }

        return largest;
    }

    private static int CountBelow(double[] sorted, double value, bool inclusive)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (inclusive && sorted[middle] == value))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static double[] Stream(string order, int seed, int length)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, length);
        return order switch
        {
            "sorted" => [.. values.Select(i => (double)i)],
            "reversed" => [.. values.Select(i => (double)(length - i))],
            "ties" => [.. values.Select(_ => (double)random.Next(12))],
            "outliers" => [.. values.Select(i => i % 50 == 0 ? 1e300 * random.NextDouble() : random.NextDouble())],
            "zigzag" => [.. values.Select(i => i % 2 == 0 ? i : length - (double)i)],
            _ => [.. values.Select(_ => random.NextDouble())],
        };
    }
}
