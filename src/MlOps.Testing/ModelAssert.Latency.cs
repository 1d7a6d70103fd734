using System.Globalization;

namespace MlOps.Testing;

/// <content>Latency.</content>
public static partial class ModelAssert
{
    /// <summary>Passes when a quantile of the time of a warm call stays within a budget in one of a few rounds. Calls come one after another.</summary>
    /// <typeparam name="TInput">What the model takes.</typeparam>
    /// <param name="predict">Answers one input.</param>
    /// <param name="inputs">The inputs, taken in turn; at least one.</param>
    /// <param name="budget">What the quantile may reach.</param>
    /// <param name="options">Quantile, calls and rounds; null takes the defaults (the 95 % quantile of 200 calls, five rounds).</param>
    /// <param name="cancellationToken">Stops between calls.</param>
    /// <returns>The quantile of the round that passed.</returns>
    /// <exception cref="AssertionFailedException">Every round is above the budget; the message lists them.</exception>
    public static async Task<TimeSpan> LatencyAtMostAsync<TInput>(
        Func<TInput, ValueTask<double>> predict,
        IReadOnlyList<TInput> inputs,
        TimeSpan budget,
        LatencyOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(inputs);
        options ??= new LatencyOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Calls, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Rounds, 1, nameof(options));
        if (options.Quantile is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Quantile, "The quantile lies between 0 and 1, such as 0.95.");
        }

        if (inputs.Count == 0)
        {
            throw new AssertionFailedException("There was no input to try: give at least one.");
        }

        for (var i = 0; i < options.WarmUpCalls; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await predict(inputs[i % inputs.Count]).ConfigureAwait(false);
        }

        List<IReadOnlyList<string>> rounds = [];
        var times = new TimeSpan[options.Calls];
        for (var round = 1; round <= options.Rounds; round++)
        {
            for (var i = 0; i < times.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var started = options.TimeProvider.GetTimestamp();
                await predict(inputs[i % inputs.Count]).ConfigureAwait(false);
                times[i] = options.TimeProvider.GetElapsedTime(started);
            }

            Array.Sort(times);
            var quantile = At(times, options.Quantile);
            if (quantile <= budget)
            {
                return quantile;
            }

            rounds.Add([round.ToString(CultureInfo.InvariantCulture), Milliseconds(At(times, 0.5)), Milliseconds(quantile), Milliseconds(times[^1])]);
        }

        var share = options.Quantile.ToString("0.###%", CultureInfo.InvariantCulture);
        throw new AssertionFailedException(FailureText.Of(
            $"The model is slower than its budget of {Milliseconds(budget)} in each of {options.Rounds.ToString(CultureInfo.InvariantCulture)} rounds of {options.Calls.ToString(CultureInfo.InvariantCulture)} calls.",
            ["round", "median", $"{share} of calls within", "slowest"],
            rounds));
    }

    private static TimeSpan At(TimeSpan[] sorted, double quantile) => sorted[Math.Clamp((int)Math.Ceiling(quantile * sorted.Length) - 1, 0, sorted.Length - 1)];

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture) + " ms";
}
