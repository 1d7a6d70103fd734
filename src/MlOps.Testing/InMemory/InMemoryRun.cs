using MlOps.Storage;
using MlOps.Tracking;

namespace MlOps.Testing;

/// <summary>The state of one run; its store's lock guards it.</summary>
internal sealed class InMemoryRun(RunInfo info, RunSnapshot snapshot)
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<MetricPoint>> _metrics = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StoredFile> _artifacts = new(StringComparer.Ordinal);
    private long _count;

    public RunInfo Info { get; private set; } = info;

    public void Append(long sequence, ReadOnlySpan<RunEvent> events)
    {
        RunSequence.ThrowIfSuperseded(Info.Id, sequence, _count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, _count);
        if (sequence + events.Length <= _count)
        {
            return;
        }

        events = events[(int)(_count - sequence)..];
        CheckParameters(events);
        foreach (ref readonly var item in events)
        {
            switch (item.Kind)
            {
                case RunEventKind.Metric:
                    if (!_metrics.TryGetValue(item.Name, out var points))
                    {
                        _metrics[item.Name] = points = [];
                    }

                    points.Add(new MetricPoint(item.Step, item.Number, item.Timestamp));
                    break;
                case RunEventKind.Parameter:
                    _parameters[item.Name] = item.Text!;
                    break;
                case RunEventKind.Tag:
                    _tags[item.Name] = item.Text!;
                    break;
                default:
                    _inputs[item.Name] = item.Text!;
                    break;
            }
        }

        _count += events.Length;
    }

    public void Update(RunUpdate update)
    {
        Info = Info with
        {
            Status = update.Status ?? Info.Status,
            EndedAt = update.Status is null ? update.EndedAt ?? Info.EndedAt : update.EndedAt,
            HeartbeatAt = update.HeartbeatAt ?? Info.HeartbeatAt,
            Failure = update.Status is null ? update.Failure ?? Info.Failure : update.Failure,
        };
        if (update.Artifact is { } artifact)
        {
            _artifacts[artifact.Path] = artifact;
        }
    }

    // The sort is stable: points of the same step and time stay as they were appended.
    public List<MetricPoint> History(string metric) =>
        _metrics.TryGetValue(metric, out var points) ? [.. points.OrderBy(point => point.Step).ThenBy(point => point.Timestamp)] : [];

    public IReadOnlyList<MetricPoint> History(string metric, MetricHistoryOptions? options)
    {
        options ??= new MetricHistoryOptions();
        List<MetricPoint> points =
            [.. History(metric).Where(point => !(point.Step < options.FromStep) && !(point.Step > options.ToStep))];
        var downsampler = new MetricDownsampler(
            points.Count, options.MaximumPoints ?? int.MaxValue, points.Exists(point => double.IsNaN(point.Value)));
        points.ForEach(point => downsampler.Add(point));
        return downsampler.Complete();
    }

    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    public IReadOnlyDictionary<string, string> Tags => _tags;

    public IReadOnlyDictionary<string, string> Inputs => _inputs;

    public RunSummary ToSummary()
    {
        var details = ToDetails();
        return new RunSummary
        {
            Info = Info,
            Parameters = details.Parameters,
            Metrics = details.Metrics,
            Tags = details.Tags,
            Inputs = details.Inputs,
        };
    }

    public long? Resume(RunInfo found, RunInfo resumed)
    {
        if (Info.Status != found.Status || Info.HeartbeatAt != found.HeartbeatAt)
        {
            return null;
        }

        Info = Info with
        {
            Status = resumed.Status,
            EndedAt = null,
            Failure = null,
            HeartbeatAt = resumed.HeartbeatAt,
            Host = resumed.Host,
            ProcessId = resumed.ProcessId,
            ProcessStart = resumed.ProcessStart,
        };
        return _count = RunSequence.AfterResume(_count);
    }

    public RunDetails ToDetails() => new()
    {
        Info = Info,
        Snapshot = snapshot,
        Parameters = new Dictionary<string, string>(_parameters, StringComparer.Ordinal),
        Metrics = _metrics.ToDictionary(pair => pair.Key, pair => History(pair.Key)[^1], StringComparer.Ordinal),
        Tags = new Dictionary<string, string>(_tags, StringComparer.Ordinal),
        Inputs = new Dictionary<string, string>(_inputs, StringComparer.Ordinal),
        Artifacts = [.. _artifacts.Values],
    };

    private void CheckParameters(ReadOnlySpan<RunEvent> events)
    {
        Dictionary<string, string>? batch = null;
        foreach (ref readonly var item in events)
        {
            if (item.Kind != RunEventKind.Parameter)
            {
                continue;
            }

            batch ??= new Dictionary<string, string>(StringComparer.Ordinal);
            if ((_parameters.TryGetValue(item.Name, out var old) || batch.TryGetValue(item.Name, out old))
                && !string.Equals(old, item.Text, StringComparison.Ordinal))
            {
                throw new MlOpsException(
                    ErrorCodes.ParameterChanged,
                    $"Run {Info.Id} has the parameter '{item.Name}' = '{old}'; '{item.Text}' was refused. Start another run, or use a tag.");
            }

            batch[item.Name] = item.Text!;
        }
    }
}
