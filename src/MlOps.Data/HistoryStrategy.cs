using System.Diagnostics;
using MlOps.Data.Checks.History;

namespace MlOps.Data;

/// <summary>How a metric is judged by its own history. Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record HistoryStrategy
{
    private const int DefaultRuns = 30;
    private const int SeasonsKept = 10;
    private const int DefaultMinimum = 5;

    private HistoryStrategy(HistoryModel model, int runs, int minimumRuns) => (Model, Runs, MinimumRuns) = (model, runs, minimumRuns);

    /// <summary>How many of the latest values are looked at. Default: 30; 1 for a relative change; ten seasons, 30 at least, for Holt–Winters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int Runs
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Runs));
            field = value;
        }
    }

    /// <summary>
    /// From how many values on there is an expectation. Default: 5; 1 for a relative change; two seasons, and four more values than a season, for
    /// Holt–Winters. With fewer than the strategy needs there never is one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int MinimumRuns
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MinimumRuns));
            field = value;
        }
    }

    /// <summary>Whether too little history fails the check. Default: false, it passes and says so, which is how a history begins.</summary>
    public bool IsRequired { get; init; }

    internal HistoryModel Model { get; }

    /// <summary>The value lies within a share of the last one, up and down.</summary>
    /// <param name="share">The largest change, such as 0.1 for 10 %; above 0. After a 0 only a 0 is expected: take another strategy for metrics that may be 0.</param>
    public static HistoryStrategy RelativeChange(double share) => RelativeChange(share, share);

    /// <summary>The value lies between shares of the last one.</summary>
    /// <param name="decrease">The largest decrease, such as 0.1 for 10 %; 0 or greater.</param>
    /// <param name="increase">The largest increase; 0 or greater, and one of the two above 0.</param>
    public static HistoryStrategy RelativeChange(double decrease, double increase)
    {
        RequireShare(decrease, nameof(decrease));
        RequireShare(increase, nameof(increase));
        return decrease + increase > 0
            ? new HistoryStrategy(new RelativeChangeModel(decrease, increase), 1, 1)
            : throw new ArgumentOutOfRangeException(nameof(increase), increase, "A change of 0 both ways allows no run but the same: give one of them.");
    }

    /// <summary>The value lies within so many standard deviations (divisor n - 1) of the mean of the last runs.</summary>
    /// <param name="count">How many; above 0. Default: 3. Of a normal metric, 3 are left by about 1 run in 370 with a long history, and by more with a short one.</param>
    public static HistoryStrategy StandardDeviations(double count = 3) => count > 0 && double.IsFinite(count)
        ? new HistoryStrategy(new DeviationModel(count), DefaultRuns, DefaultMinimum)
        : throw new ArgumentOutOfRangeException(nameof(count), count, "The number of standard deviations lies above 0.");

    /// <summary>The value lies in the prediction interval of additive Holt–Winters smoothing: level, trend and season, weights fitted by least squared error.</summary>
    /// <param name="season">How many runs make a season, such as 7 for daily runs; 2 or more.</param>
    /// <param name="confidence">The share of runs that lie in the interval when errors are normal; above 0, below 1. Default: 0.99.</param>
    /// <remarks>Runs are taken as equally far apart: a run that was left out moves the season by one.</remarks>
    public static HistoryStrategy HoltWinters(int season, double confidence = 0.99)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(season, 2);
        if (!(confidence is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence lies between 0 and 1, such as 0.99.");
        }

        var model = new HoltWintersModel(season, confidence);
        return new HistoryStrategy(model, Math.Max(DefaultRuns, checked(SeasonsKept * season)), model.Fewest);
    }

    /// <summary>The method in words.</summary>
    public override string ToString() => Model.Words;

    private static void RequireShare(double share, string name) =>
        _ = share >= 0 && double.IsFinite(share) ? share : throw new ArgumentOutOfRangeException(name, share, "A change is a share such as 0.1, 0 or greater.");
}
