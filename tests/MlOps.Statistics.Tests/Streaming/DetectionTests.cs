namespace MlOps.Statistics.Tests.Streaming;

/// <summary>Delay and false alarms on seeded streams; the same figures, from longer streams, stand in docs/streaming.md.</summary>
public sealed class DetectionTests
{
    // Alarms on 40,000 stationary values, and the mean delay for a change at value 1,000 (errors 0.2 to 0.5, normal 0 to 1).
    [Theory]
    [InlineData("Adwin", 0, 10, 10, 60)]
    [InlineData("PageHinkley", 5, 60, 30, 60)]
    [InlineData("Cusum", 5, 60, 20, 60)]
    [InlineData("Kswin", 30, 120, 10, 90)]
    [InlineData("Ddm", 0, 40, 50, 300)]
    [InlineData("HddmA", 0, 15, 20, 80)]
    [InlineData("HddmW", 0, 60, 15, 60)]
    [InlineData("Fhddm", 0, 2, 50, 150)]
    [InlineData("Ecdd", 30, 200, 3, 30)]
    [InlineData("Stepd", 10, 60, 5, 40)]
    [InlineData("Rddm", 0, 150, 10, 120)]
    public void Alarms_and_delays_lie_within_the_documented_bounds(string name, int fewest, int most, double soonest, double latest)
    {
        Assert.InRange(DetectorTrial.FalseAlarms(name, 40_000), fewest, most);
        var (delay, missed) = DetectorTrial.Delay(name, runs: 60);
        Assert.InRange(delay, soonest, latest);
        Assert.InRange(missed, 0, 8);
    }

    [Fact]
    public void The_defaults_that_frouros_gives_a_moving_average_seldom_see_a_step_of_one_deviation()
    {
        Assert.Equal(0, DetectorTrial.FalseAlarms("Ewma", 40_000));
        Assert.InRange(DetectorTrial.Delay("Ewma", 60).Missed, 50, 60);
    }

    [Fact]
    public void A_change_in_the_watched_direction_alone_is_a_drift()
    {
        double[] fall = [.. new Draws(3).Normals(500), .. new Draws(4).Normals(500, -2)];

        Assert.False(Drifts(new Cusum(threshold: 60), fall));
        Assert.True(Drifts(new Cusum(threshold: 60, direction: ShiftDirection.Down), fall));
        Assert.True(Drifts(new Cusum(threshold: 60, direction: ShiftDirection.Both), fall));
        Assert.True(Drifts(new PageHinkley(), fall));
        Assert.False(Drifts(new PageHinkley(threshold: 60, direction: ShiftDirection.Up), fall));
        Assert.False(Drifts(new Ewma(threshold: 0.5), fall));
        Assert.True(Drifts(new Ewma(threshold: 0.5, direction: ShiftDirection.Both), fall));
        double[] better = [.. Enumerable.Range(0, 1_000).Select(i => i % 2.0), .. new double[1_000]];
        Assert.False(Drifts(new HddmA(), better));
        Assert.True(Drifts(new HddmA(twoSided: true), better));
        Assert.False(Drifts(new HddmW(), better));
        Assert.True(Drifts(new HddmW(twoSided: true), better));
        Assert.False(Drifts(new Stepd(), better));
        Assert.False(Drifts(new Fhddm(), better));
    }

    [Fact]
    public void A_given_target_is_held_from_the_first_value()
    {
        var values = new Draws(9).Normals(200, 1);

        Assert.True(Drifts(new Cusum(delta: 0.5, threshold: 8, warmUp: 0, target: 0), values));
        Assert.False(Drifts(new Cusum(delta: 0.5, threshold: 8, warmUp: 0, target: 1), values));
    }

    private static bool Drifts(IDriftDetector detector, double[] values) => values.Any(value => detector.Update(value) == DetectorState.Drift);
}
