namespace MlOps.Features.Online;

/// <summary>How the features that a service takes from one view are looked up and evaluated.</summary>
internal sealed class OnlineView
{
    private readonly FeatureView _view;
    private readonly int _created;
    private readonly (FeatureDefinition Definition, int Target, int Column)[] _features;
    private readonly TimeSpan? _window;
    private readonly bool _looksUpLatest;
    private readonly TimeSpan? _ttl;

    public OnlineView(FeatureView view, IEnumerable<(FeatureDefinition Definition, int Target)> features)
    {
        _view = view;
        var columns = OnlineLayout.ColumnsOf(view);
        _created = view.CreatedColumn is null ? -1 : columns.Count - 1;
        _features = [.. features.Select(feature => (feature.Definition, feature.Target, columns.IndexOf(feature.Definition.Column)))];
        var latest = _features.Select(feature => feature.Definition).Where(feature => feature.Aggregation == FeatureAggregation.Latest).ToList();
        var windowed = _features.Select(feature => feature.Definition).Where(feature => feature.Aggregation != FeatureAggregation.Latest).ToList();
        _window = windowed.Count == 0 ? null : windowed.Max(feature => feature.Window);
        _ttl = latest.Exists(feature => feature.Window is null) ? null : latest.Max(feature => feature.Window);

        // The window's rows hold the latest row too when no age limit reaches beyond them.
        _looksUpLatest = latest.Count > 0 && !(_ttl < _window);
        Lookups = (_window is null ? 0 : 1) + (_looksUpLatest ? 1 : 0);
    }

    /// <summary>How many lookups the view takes.</summary>
    public int Lookups { get; }

    /// <summary>Adds the lookups of a request; none when a key is missing.</summary>
    /// <returns>Whether lookups were added.</returns>
    public bool AddLookups(FeatureRequest request, List<OnlineLookup> lookups)
    {
        if (KeyOf(request) is not { } key)
        {
            return false;
        }

        var now = request.EventTime;
        if (_window is { } window)
        {
            lookups.Add(new OnlineLookup(_view.Name, key, Before(now, window), now, LatestOnly: false));
        }

        if (_looksUpLatest)
        {
            // Exclusive, so one tick earlier. Where rows can be unknown yet, the latest known one may lie behind others.
            var after = _ttl is { } ttl ? Before(now, ttl + TimeSpan.FromTicks(1)) : DateTimeOffset.MinValue;
            lookups.Add(new OnlineLookup(_view.Name, key, after, now, LatestOnly: _created < 0));
        }

        return true;
    }

    /// <summary>Evaluates the features over the rows that the lookups gave.</summary>
    public void Evaluate(IReadOnlyList<IReadOnlyList<OnlineRow>> answers, int first, DateTimeOffset now, FeatureValue[] vector)
    {
        var windowRows = _window is null ? [] : answers[first];
        var latestRows = _looksUpLatest ? answers[first + Lookups - 1] : windowRows;
        foreach (var (definition, target, column) in _features)
        {
            vector[target] = definition.Aggregation == FeatureAggregation.Latest
                ? Latest(definition, column, latestRows, now)
                : Windowed(definition, column, windowRows, now);
        }
    }

    /// <summary>Evaluates the features of an entity that is not known.</summary>
    public void EvaluateNothing(FeatureValue[] vector)
    {
        foreach (var (definition, target, _) in _features)
        {
            vector[target] = new WindowAccumulator(definition.Aggregation).Result;
        }
    }

    private static DateTimeOffset Before(DateTimeOffset now, TimeSpan age) =>
        now.UtcTicks <= age.Ticks ? DateTimeOffset.MinValue : new DateTimeOffset(now.UtcTicks - age.Ticks, TimeSpan.Zero);

    private FeatureValue Latest(FeatureDefinition definition, int column, IReadOnlyList<OnlineRow> rows, DateTimeOffset now)
    {
        OnlineRow? best = null;
        for (var index = rows.Count - 1; index >= 0; index--)
        {
            var row = rows[index];
            if (best is not null && row.EventTime < best.EventTime)
            {
                break;
            }

            if (IsKnown(row, now) && (best is null || CreatedAt(row) > CreatedAt(best)))
            {
                best = row;
            }
        }

        return best is not null && (definition.Window is not { } ttl || now - best.EventTime <= ttl) ? best.Values[column] : default;
    }

    private FeatureValue Windowed(FeatureDefinition definition, int column, IReadOnlyList<OnlineRow> rows, DateTimeOffset now)
    {
        var window = new WindowAccumulator(definition.Aggregation);
        var after = Before(now, definition.Window!.Value);
        for (var index = 0; index < rows.Count; index++)
        {
            var row = rows[index];
            if (row.EventTime > after && IsKnown(row, now))
            {
                window.Add(WindowAccumulator.NumberOf(definition.Aggregation, row.Values[column]));
            }
        }

        return window.Result;
    }

    private bool IsKnown(OnlineRow row, DateTimeOffset now) => _created < 0 || CreatedAt(row) <= now.UtcTicks;

    private long CreatedAt(OnlineRow row) => _created >= 0 && row.Values[_created] is { Kind: FeatureValueKind.Time } created
        ? created.AsTime().UtcTicks
        : row.EventTime.UtcTicks;

    private string? KeyOf(FeatureRequest request)
    {
        if (_view.Entity.Count == 1)
        {
            return EntityKey.Of(request[_view.Entity[0]]);
        }

        var values = new FeatureValue[_view.Entity.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = request[_view.Entity[index]];
        }

        return EntityKey.Of(values);
    }
}
