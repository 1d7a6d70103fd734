using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlOps.Tracking;

namespace MlOps.MicrosoftML;

/// <summary>Listens, until it is disposed, for trainers that leave rows out; they tell nobody but the context's log.</summary>
internal sealed partial class SkippedRows : IDisposable
{
    private readonly MLContext _ml;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _rows = new(StringComparer.Ordinal);

    public SkippedRows(MLContext ml)
    {
        _ml = ml;
        _ml.Log += Hear;
    }

    public void Dispose() => _ml.Log -= Hear;

    /// <summary>Logs the number as a metric and the trainers' words as a tag; nothing when no row was left out.</summary>
    public void Log(IRun run)
    {
        lock (_lock)
        {
            if (_rows.Count > 0)
            {
                run.LogMetric("skipped_rows", _rows.Values.Sum());
                run.SetTag("mlnet.skipped_rows", string.Join("; ", _rows.Select(reason => $"{reason.Value} {reason.Key}"))
                    + ": replace and indicate missing values before the trainer to keep such rows");
            }
        }
    }

    private void Hear(object? sender, LoggingEventArgs message)
    {
        if (message.Kind != ChannelMessageKind.Warning || Skipped().Match(message.RawMessage) is not { Success: true } found)
        {
            return;
        }

        // A trainer that goes over the rows several times counts them each time, and says how many of them a pass had.
        var count = found.Groups["pass"] is { Success: true } pass ? pass : found.Groups["all"];
        if (long.TryParse(count.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
        {
            lock (_lock)
            {
                // One trainer per class says the same of the same rows.
                var reason = found.Groups["reason"].Value;
                _rows[reason] = Math.Max(rows, _rows.GetValueOrDefault(reason));
            }
        }
    }

    [GeneratedRegex(@"^Skipped (?<all>\d+) (?<reason>(?:instances|rows|examples) with .+?)(?: \(over \d+ iterations; (?<pass>\d+) inst/iter\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Skipped();
}
