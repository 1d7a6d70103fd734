using System.Text;
using MlOps.Data.Profiles;

namespace MlOps.Data.Tests.Profiles;

public sealed class TallyTests
{
    [Fact]
    public void A_tally_of_numbers_counts_each_and_stops_at_the_first_that_is_one_too_many()
    {
        var tally = new NumberTally();
        double[] values =
            [.. Enumerable.Range(0, NumberTally.Limit).SelectMany(i => new[] { i * 0.25, double.NaN, i * 0.25 }), -0.0, 0.0, -1, 5];
        Assert.Equal(values.Length - 2, tally.Add(values));
        var (numbers, counts) = tally.Counted();
        var counted = numbers.Zip(counts).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal(NumberTally.Limit, counted.Count);
        Assert.Equal(4, counted[0]);
        Assert.All(counted.Where(pair => pair.Key != 0), pair => Assert.Equal(2, pair.Value));
        Assert.Equal(1, tally.Add([0.25, -1]));
    }

    [Fact]
    public void A_tally_of_texts_tells_short_long_and_empty_ones_apart_and_says_when_it_is_full()
    {
        var random = new Random(2);
        var tally = new TextTally(bits: 13);
        Dictionary<string, long> expected = [], seen = [];
        for (var i = 0; i < 100_000; i++)
        {
            var text = new string('x', random.Next(0, 12)) + (random.Next(2) == 0
                ? "" : random.Next(2000).ToString(System.Globalization.CultureInfo.InvariantCulture)) + (random.Next(3) == 0 ? "é" : "");
            expected[text] = expected.GetValueOrDefault(text) + 1;
            var bytes = Encoding.UTF8.GetBytes(text);
            if (!tally.TryAdd(bytes))
            {
                Read();
                Assert.True(tally.TryAdd(bytes));
            }
        }

        Read();
        Assert.Equal(0, tally.Distinct);
        Assert.Equal(expected, seen);

        void Read() => tally.Empty(
            (text, count) => seen[Encoding.UTF8.GetString(text)] = seen.GetValueOrDefault(Encoding.UTF8.GetString(text)) + count);
    }

    [Fact]
    public void A_text_longer_than_the_room_of_a_tally_is_counted_alone()
    {
        var tally = new TextTally(bits: 4);
        var huge = new byte[1 << 20];
        Assert.True(tally.TryAdd("a"u8));
        Assert.False(tally.TryAdd(huge));
        tally.Empty((_, _) => { });
        Assert.True(tally.TryAdd(huge));
        Assert.True(tally.TryAdd(huge));
        Assert.Equal(2, tally.CountAtRank(1));
    }

    [Theory]
    [InlineData("AA-1203 x", "AA-9999 a")]
    [InlineData("Ünïß Ǆ٣", "Aaaa A9")]
    [InlineData("", "")]
    [InlineData("😀b", "😀a")]
    public void A_shape_stands_for_the_letters_and_digits_of_a_text(string text, string shape)
    {
        Span<byte> bytes = stackalloc byte[4 * (TextShape.Longest + 1)];
        var (written, length) = TextShape.Write(Encoding.UTF8.GetBytes(text), bytes);
        Assert.Equal((shape, text.Length), (Encoding.UTF8.GetString(bytes[..written]), length));
    }

    [Fact]
    public void The_shape_of_a_long_text_ends_where_its_length_does_not()
    {
        Span<byte> bytes = stackalloc byte[4 * (TextShape.Longest + 1)];
        var (written, length) = TextShape.Write(Encoding.UTF8.GetBytes(new string('é', 500)), bytes);
        Assert.Equal((new string('a', TextShape.Longest) + "…", 500), (Encoding.UTF8.GetString(bytes[..written]), length));
    }
}
