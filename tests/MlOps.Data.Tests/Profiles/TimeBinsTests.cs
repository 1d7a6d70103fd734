using FsCheck.Xunit;
using MlOps.Data.Profiles;

namespace MlOps.Data.Tests.Profiles;

public sealed class TimeBinsTests
{
    [Property]
    public void Bins_count_every_time_where_it_lies_in_any_order_and_in_parts(uint[] first, uint[] second)
    {
        long[] left = [.. first.Select(value => (long)value * 100_003)], right = [.. second.Select(value => (long)value * 7)];
        var merged = Of(left);
        merged.Merge(Of(right));
        var whole = Of([.. left, .. right]);
        Assert.Equal(left.Length + right.Length, merged.Counts.ToArray().Sum());
        Assert.Equal((whole.Shift, whole.First), (merged.Shift, merged.First));
        Assert.Equal(whole.Counts.ToArray(), merged.Counts.ToArray());
        Assert.True(whole.Counts.Length <= TimeBins.Most);
        for (var i = 0; i < whole.Counts.Length; i++)
        {
            Assert.Equal(left.Concat(right).Count(value => value >> whole.Shift == whole.First + i), whole.Counts[i]);
        }

        var coarse = whole.Coarser(10);
        Assert.True(coarse.Counts.Length <= 10);
        Assert.Equal(whole.Counts.ToArray().Sum(), coarse.Counts.ToArray().Sum());
    }

    private static TimeBins Of(long[] ticks)
    {
        var bins = new TimeBins();
        foreach (var run in ticks.Chunk(3))
        {
            bins.Add(run, run.Min(), run.Max());
        }

        return bins;
    }
}
