namespace MlOps.Statistics.Tests.Streaming;

/// <summary>Seeded trials of a detector's defaults: what it does while nothing changes, and how soon it sees a step.</summary>
internal static class DetectorTrial
{
    private const int Onset = 1_000;
    private const int Patience = 2_000;

    /// <summary>Drifts on a stationary stream: standard normal values, or errors at a rate of 0.2.</summary>
    public static int FalseAlarms(string name, int count, ulong seed = 1)
    {
        var detector = Detectors.All[name].Create();
        var draws = new Draws(seed);
        var alarms = 0;
        for (var i = 0; i < count; i++)
        {
            alarms += detector.Update(Draw(name, draws, false)) == DetectorState.Drift ? 1 : 0;
        }

        return alarms;
    }

    /// <summary>
    /// The mean number of values until the first drift after a step of one deviation (normal) or from a rate of 0.2 to 0.5 (errors), which comes
    /// after 1,000 stationary values; and in how many runs 2,000 values passed without.
    /// </summary>
    public static (double Mean, int Missed) Delay(string name, int runs, ulong seed = 1_000)
    {
        var (sum, missed) = (0.0, 0);
        for (var run = 0; run < runs; run++)
        {
            var detector = Detectors.All[name].Create();
            var draws = new Draws(seed + (ulong)run);
            for (var i = 0; i < Onset; i++)
            {
                detector.Update(Draw(name, draws, false));
            }

            var delay = 1;
            while (delay <= Patience && detector.Update(Draw(name, draws, true)) != DetectorState.Drift)
            {
                delay++;
            }

            (sum, missed) = delay > Patience ? (sum, missed + 1) : (sum + delay, missed);
        }

        return (sum / (runs - missed), missed);
    }

    private static double Draw(string name, Draws draws, bool changed) => Detectors.All[name].IsBinary
        ? draws.Uniform() < (changed ? 0.5 : 0.2) ? 1 : 0
        : draws.Normal() + (changed ? 1 : 0);
}
