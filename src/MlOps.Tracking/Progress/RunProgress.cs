using System.Globalization;

namespace MlOps.Tracking;

/// <summary>How far a run's work has come, and when it will be done.</summary>
/// <remarks>
/// <para>
/// Recorded as the metrics <c>progress_percentage</c> and <c>progress_remaining_seconds</c> with the work done as the step: once a second
/// at the most, and at the end, however often it is reported. The remaining time goes by the speed of late, smoothed over about ten
/// records, so that a slow start does not spoil it.
/// </para>
/// <para>Safe to report from several threads.</para>
/// </remarks>
public sealed class RunProgress
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IRun _run;
    private readonly TimeProvider _time;
    private readonly TextWriter? _console;
    private readonly long _startedAt;
    private long _recordedAt;
    private long _done;
    private double _speed;
    private long _speedDone;
    private long _speedAt;

    internal RunProgress(IRun run, long total, TimeProvider time, TextWriter? console)
    {
        (_run, Total, _time, _console) = (run, total, time, console);
        _startedAt = _recordedAt = _speedAt = time.GetTimestamp();
    }

    /// <summary>How much there is to do.</summary>
    public long Total { get; }

    /// <summary>How much is done.</summary>
    public long Done
    {
        get
        {
            lock (_gate)
            {
                return _done;
            }
        }
    }

    /// <summary>How long the rest will take at the speed of late; null before there is a speed.</summary>
    public TimeSpan? Remaining
    {
        get
        {
            lock (_gate)
            {
                return RemainingAt(_time.GetTimestamp());
            }
        }
    }

    /// <summary>Reports that more work is done.</summary>
    public void Advance(long amount = 1)
    {
        lock (_gate)
        {
            Set(_done + amount);
        }
    }

    /// <summary>Reports how much work is done in all.</summary>
    public void Report(long done)
    {
        lock (_gate)
        {
            Set(done);
        }
    }

    private void Set(long done)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(done);
        _done = Math.Min(done, Total);
        var now = _time.GetTimestamp();
        if (_time.GetElapsedTime(_recordedAt, now) < Between && _done < Total)
        {
            return;
        }

        // A speed counts by its share of the work done, so that a long step outweighs short ones, and by a tenth at the least.
        if (_done > _speedDone && _time.GetElapsedTime(_speedAt, now).TotalSeconds is > 0 and var seconds)
        {
            var speed = (_done - _speedDone) / seconds;
            var weight = _speedDone == 0 ? 1 : Math.Clamp((double)(_done - _speedDone) / _done, 0.1, 1);
            _speed += weight * (speed - _speed);
            (_speedDone, _speedAt) = (_done, now);
        }

        _recordedAt = now;
        _run.LogMetric("progress_percentage", 100.0 * _done / Total, _done);
        if (RemainingAt(now) is { } remaining)
        {
            _run.LogMetric("progress_remaining_seconds", remaining.TotalSeconds, _done);
        }

        _console?.WriteLine(Line(now));
    }

    private TimeSpan? RemainingAt(long now)
    {
        if (_done == Total)
        {
            return TimeSpan.Zero;
        }

        if (_speed <= 0)
        {
            return null;
        }

        // What is not reported yet goes on being done: the time counts down between two reports.
        var seconds = ((Total - _speedDone) / _speed) - _time.GetElapsedTime(_speedAt, now).TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.MaxValue.TotalSeconds / 2));
    }

    private string Line(long now)
    {
        var elapsed = _time.GetElapsedTime(_startedAt, now);
        var rest = _done == Total ? "done" : RemainingAt(now) is { } remaining ? $"{Text(remaining)} left" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{_run.Info.Name}: {_done}/{Total} ({100.0 * _done / Total:0.#} %) after {Text(elapsed)}, {rest}");
    }

    private static string Text(TimeSpan time) =>
        time.ToString(time.TotalDays >= 1 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
