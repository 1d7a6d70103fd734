using FsCheck.Xunit;
using MlOps.Reports.Rendering;

namespace MlOps.Reports.Tests.Rendering;

public sealed class AxisTicksTests
{
    [Property(MaxTest = 2000)]
    public void A_covering_axis_holds_its_range_in_rising_ticks_of_a_bounded_number(double a, double b, byte wish)
    {
        var target = 2 + (wish % 12);
        var axis = AxisTicks.Covering(a, b, target);

        Rises(axis);
        Assert.InRange(axis.Ticks.Count, 2, (2 * target) + 3);
        Assert.Equal(axis.Ticks[0], axis.Min);
        Assert.Equal(axis.Ticks[^1], axis.Max);
        if (double.IsFinite(a) && double.IsFinite(b))
        {
            var limit = 1e300;
            Assert.True(axis.Min <= Math.Clamp(Math.Min(a, b), -limit, limit));
            Assert.True(axis.Max >= Math.Clamp(Math.Max(a, b), -limit, limit));
        }
    }

    [Property(MaxTest = 2000)]
    public void A_fitting_axis_keeps_its_ticks_inside_and_its_labels_apart(double a, double b, byte wish)
    {
        var target = 2 + (wish % 12);
        var axis = AxisTicks.Within(a, b, target);

        Rises(axis);
        Assert.InRange(axis.Ticks.Count, 1, (2 * target) + 1);
        Assert.All(axis.Ticks, tick => Assert.InRange(tick, axis.Min, axis.Max));
    }

    [Property(MaxTest = 1000)]
    public void A_close_pair_of_large_values_still_gets_ticks(double a, byte ulps)
    {
        if (!double.IsFinite(a))
        {
            return;
        }

        var b = a;
        for (var step = 0; step < ulps; step++)
        {
            b = double.IsFinite(Math.BitIncrement(b)) ? Math.BitIncrement(b) : b;
        }

        Rises(AxisTicks.Covering(a, b, 5));
        Rises(AxisTicks.Within(a, b, 5));
    }

    [Property(MaxTest = 2000)]
    public void A_time_axis_never_throws_and_stays_inside(double a, double b, byte wish)
    {
        var target = 2 + (wish % 12);
        var axis = TimeTicks.Within(a * 1e6, b * 1e6, target);

        Assert.True(axis.Max > axis.Min);
        Assert.InRange(axis.Ticks.Count, 0, (2 * target) + 2);
        Assert.Equal(axis.Ticks.Count, axis.Labels.Count);
        Assert.All(axis.Ticks, tick => Assert.InRange(tick, axis.Min, axis.Max));
        Assert.All(axis.Ticks.Zip(axis.Ticks.Skip(1)), pair => Assert.True(pair.First < pair.Second));
    }

    [Theory]
    [InlineData(0, 1, "0|0.2|0.4|0.6|0.8|1.0")]
    [InlineData(0.78, 0.84, "0.78|0.79|0.80|0.81|0.82|0.83|0.84")]
    [InlineData(0, 48_000, "0|10k|20k|30k|40k|50k")]
    [InlineData(-3, 2_500_000, "-0.5M|0|0.5M|1.0M|1.5M|2.0M|2.5M")]
    [InlineData(0, 3e-7, "0|5e-8|1e-7|1.5e-7|2e-7|2.5e-7|3e-7")]
    public void Labels_have_the_digits_that_tell_them_apart_and_no_more(double min, double max, string labels)
    {
        Assert.Equal(labels, string.Join('|', AxisTicks.Covering(min, max, 5).Labels));
    }

    [Theory]
    [InlineData(6, "1 Mar|01:00|02:00|03:00|04:00|05:00|06:00")]
    [InlineData(48, "1 Mar|06:00|12:00|18:00|2 Mar|06:00|12:00|18:00|3 Mar")]
    [InlineData(24 * 28, "2 Mar|9 Mar|16 Mar|23 Mar")]
    [InlineData(24 * 200, "Mar 2026|Apr 2026|May 2026|Jun 2026|Jul 2026|Aug 2026|Sep 2026")]
    public void Time_ticks_fall_on_round_instants(int hours, string labels)
    {
        var start = (SampleReport.Start - DateTimeOffset.UnixEpoch).TotalSeconds;

        Assert.Equal(labels, string.Join('|', TimeTicks.Within(start, start + (hours * 3600d), 8).Labels));
    }

    private static void Rises(AxisScale axis)
    {
        Assert.Equal(axis.Ticks.Count, axis.Labels.Count);
        Assert.Distinct(axis.Labels);
        Assert.All(axis.Ticks, tick => Assert.True(double.IsFinite(tick)));
        Assert.All(axis.Ticks.Zip(axis.Ticks.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.True(axis.Max > axis.Min);
    }
}
