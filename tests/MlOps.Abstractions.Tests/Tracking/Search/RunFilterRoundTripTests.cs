using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlOps.Tracking;

namespace MlOps.Abstractions.Tests;

public sealed class RunFilterRoundTripTests
{
    [Property(MaxTest = 1000)]
    public void A_filter_that_is_written_and_read_again_is_the_same(int seed)
    {
        var filter = RandomFilter(new Random(seed), 4);
        Assert.Equal(filter, RunFilter.Parse(filter.ToString()));
        Assert.Equal(filter.ToString(), RunFilter.Parse(filter.ToString()).ToString());
    }

    [Property(MaxTest = 1000)]
    public void Any_text_is_read_or_refused_in_words(NonNull<string> text) => ReadOrRefused(text.Get);

    [Property(MaxTest = 2000)]
    public void A_damaged_filter_is_read_or_refused_in_words(int seed)
    {
        var random = new Random(seed);
        var text = RandomFilter(random, 3).ToString();
        var at = random.Next(text.Length);
        ReadOrRefused(text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at)).Insert(at, random.Next(3) == 0 ? "'" : ""));
    }

    [Property(MaxTest = 500)]
    public void An_order_that_is_written_and_read_again_is_the_same(int seed)
    {
        var random = new Random(seed);
        var keys = Enumerable.Range(0, random.Next(5)).Select(_ => Field(random)).Where(field => field.Kind != RunFieldKind.Dataset).Distinct()
            .Select(field => new RunOrder(field, random.Next(2) == 0)).ToList();
        Assert.Equal(keys, RunOrder.Parse(string.Join(", ", keys)));
    }

    private static void ReadOrRefused(string text)
    {
        try
        {
            RunFilter.Parse(text);
        }
        catch (MlOpsException error)
        {
            Assert.Equal(ErrorCodes.InvalidFilter, error.Code);
        }
    }

    private static RunFilter RandomFilter(Random random, int depth) => (depth == 0 ? 0 : random.Next(5)) switch
    {
        1 => new RunFilterAll(Enumerable.Range(0, random.Next(2, 4)).Select(_ => RandomFilter(random, depth - 1)).ToList()),
        2 => new RunFilterAny(Enumerable.Range(0, random.Next(2, 4)).Select(_ => RandomFilter(random, depth - 1)).ToList()),
        3 => new RunFilterNot(RandomFilter(random, depth - 1)),
        _ => Condition(random),
    };

    private static RunCondition Condition(Random random)
    {
        while (true)
        {
            var comparison = (RunOperator)random.Next(14);
            var count = comparison switch
            {
                RunOperator.IsNull or RunOperator.IsNotNull => 0,
                RunOperator.In or RunOperator.NotIn => random.Next(1, 4),
                _ => 1,
            };
            try
            {
                return new RunCondition(Field(random), comparison, Enumerable.Range(0, count).Select(_ => Literal(random)).ToList());
            }
            catch (ArgumentException)
            {
                // Field, operator and values do not go together: try others.
            }
        }
    }

    private static RunLiteral Literal(Random random) => random.Next(4) switch
    {
        0 => new RunLiteral((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300))),
        1 => new RunLiteral((double)random.Next(-5, 5)),
        2 => new RunLiteral("failed"),
        _ => new RunLiteral(Text(random)),
    };

    private static RunField Field(Random random) => random.Next(5) switch
    {
        0 => RunField.Metric(Key(random), (MetricAggregate)random.Next(6)),
        1 => RunField.Parameter(Key(random)),
        2 => RunField.Tag(Key(random)),
        3 => RunField.Dataset(new[] { "name", "digest", "context" }[random.Next(3)]),
        _ => RunField.Attribute(new[] { "run_id", "status", "start_time", "end_time", "duration", "run_name", "user_id" }[random.Next(7)]),
    };

    private static string Key(Random random) => random.Next(3) switch
    {
        0 => "loss.min",
        1 => "a",
        _ => Text(random) + "x",
    };

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "ab.'\"`\\%_ ()\n\0éOR🛫"[random.Next(18)]));
}
