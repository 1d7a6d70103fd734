using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace QuickStart;

/// <summary>Where the time went: reading data, ML.NET's training and scoring, and all the rest, which is the SDK's own overhead.</summary>
internal sealed class Timings : IDisposable
{
    // The engine's own time, as the packages report it to any listener.
    private static readonly Dictionary<string, string> _parts = new()
    {
        ["mlops.training.fit_duration"] = Training,
        ["mlops.training.scoring_duration"] = Scoring,
        ["mlops.serving.engine_duration"] = Scoring,
    };

    private const string Training = "ML.NET training";
    private const string Scoring = "ML.NET scoring";

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, TimeSpan> _spent = [];

    public Timings()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_parts.ContainsKey(instrument.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, seconds, _, _) => Add(_parts[instrument.Name], TimeSpan.FromSeconds(seconds)));
        _listener.Start();
    }

    /// <summary>Charges a piece of work to a part; parts do not overlap.</summary>
    public async Task<T> MeasureAsync<T>(string part, Func<Task<T>> work)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await work();
        }
        finally
        {
            Add(part, Stopwatch.GetElapsedTime(start));
        }
    }

    public void Print()
    {
        var total = Stopwatch.GetElapsedTime(_start);
        var accounted = _spent.Values.Aggregate(TimeSpan.Zero, (sum, part) => sum + part);
        Console.WriteLine();
        Console.WriteLine("Timings");
        foreach (var (part, spent) in _spent.OrderByDescending(pair => pair.Value))
        {
            Line(part, spent);
        }

        Line("overhead of the loop", total - accounted);
        Line("total", total);

        void Line(string part, TimeSpan spent) => Console.WriteLine($"  {part,-22} {spent.TotalSeconds,8:0.00} s {spent / total,7:0.0 %}");
    }

    public void Dispose() => _listener.Dispose();

    private void Add(string part, TimeSpan spent)
    {
        lock (_spent)
        {
            _spent[part] = _spent.GetValueOrDefault(part) + spent;
        }
    }
}
