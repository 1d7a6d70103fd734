namespace MlOps.Statistics.Tests.Sketches;

public sealed class MergeSortTests
{
    [Fact]
    public void Values_of_every_count_come_out_in_order_with_ties_and_infinities()
    {
        var draws = new Draws(6);
        foreach (var count in Enumerable.Range(0, 300).Append(511).Append(512).Append(513).Append(2_000))
        {
            double[] values = [.. Enumerable.Range(0, count).Select(i => (i % 3) switch
            {
                0 => draws.Normal(),
                1 => draws.Below(5),
                _ => draws.Below(20) == 0 ? double.NegativeInfinity : -draws.Uniform(),
            })];
            var expected = values.Order().ToArray();
            MergeSort.Sort(values);
            Assert.Equal(expected, values);
        }
    }
}
