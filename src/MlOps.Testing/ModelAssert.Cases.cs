using System.Globalization;

namespace MlOps.Testing;

/// <content>Cases that any usable model gets right.</content>
public static partial class ModelAssert
{
    /// <summary>Passes when the model answers simple cases as expected: its minimum functionality.</summary>
    /// <typeparam name="TInput">What the model takes.</typeparam>
    /// <param name="predict">Answers one input.</param>
    /// <param name="cases">Inputs whose answer nobody doubts; at least one.</param>
    /// <param name="tolerance">How far an answer may be from what is expected.</param>
    /// <param name="share">The share of the cases that must be right, above 0 to 1. Default: all.</param>
    /// <param name="cancellationToken">Stops between cases.</param>
    /// <exception cref="AssertionFailedException">Fewer are right, or there is no case; the message lists the first wrong ones.</exception>
    public static async Task AnswersAsync<TInput>(
        Func<TInput, ValueTask<double>> predict,
        IEnumerable<(TInput Input, double Expected)> cases,
        double tolerance,
        double share = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        var tally = new CaseTally(share);
        foreach (var (input, expected) in cases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await predict(input).ConfigureAwait(false);
            tally.Add(Math.Abs(answer - expected) <= tolerance, row => [row, FailureText.Number(expected), FailureText.Number(answer), $"{input}"]);
        }

        tally.Judge("cases are answered wrongly", ["case", "expected", "answer", "input"]);
    }

    /// <summary>Passes when the model ranks pairs as expected: the answer to the higher one is above that to the lower one.</summary>
    /// <typeparam name="TInput">What the model takes.</typeparam>
    /// <param name="predict">Answers one input.</param>
    /// <param name="pairs">Pairs whose order nobody doubts; at least one.</param>
    /// <param name="share">The share of the pairs that must be right, above 0 to 1. Default: all.</param>
    /// <param name="cancellationToken">Stops between pairs.</param>
    /// <exception cref="AssertionFailedException">Fewer are right, or there is no pair; the message lists the first wrong ones.</exception>
    public static async Task RanksAsync<TInput>(
        Func<TInput, ValueTask<double>> predict,
        IEnumerable<(TInput Lower, TInput Higher)> pairs,
        double share = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(pairs);
        var tally = new CaseTally(share);
        foreach (var (lower, higher) in pairs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var low = await predict(lower).ConfigureAwait(false);
            var high = await predict(higher).ConfigureAwait(false);
            tally.Add(high > low, row => [row, FailureText.Number(low), FailureText.Number(high), $"{lower}", $"{higher}"]);
        }

        tally.Judge("pairs are ranked wrongly", ["pair", "lower's answer", "higher's answer", "lower", "higher"]);
    }

    private sealed class CaseTally
    {
        private readonly double _share;
        private readonly List<IReadOnlyList<string>> _shown = [];
        private int _tried;
        private int _wrong;

        public CaseTally(double share)
        {
            if (share is not (> 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(share), share, "The share that must be right lies above 0 and is at most 1, such as 0.95.");
            }

            _share = share;
        }

        public void Add(bool isRight, Func<string, IReadOnlyList<string>> row)
        {
            if (!isRight)
            {
                _wrong++;
                if (_shown.Count < ShownRows)
                {
                    _shown.Add(row(_tried.ToString(CultureInfo.InvariantCulture)));
                }
            }

            _tried++;
        }

        public void Judge(string words, IReadOnlyList<string> heads)
        {
            if (_tried == 0)
            {
                throw new AssertionFailedException("There was no case to try: give at least one.");
            }

            if (_wrong > (1 - _share) * _tried * (1 + 1e-12))
            {
                throw new AssertionFailedException(FailureText.Of(
                    string.Create(CultureInfo.InvariantCulture, $"{_wrong} of {_tried} {words}{(_share < 1 ? $"; {_share:0.##%} must be right" : "")}."), heads, _shown));
            }
        }
    }
}
