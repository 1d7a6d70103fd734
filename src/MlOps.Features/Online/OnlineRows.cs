using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MlOps.Features.Columns;

namespace MlOps.Features.Online;

/// <summary>Turns source rows into online rows, oldest first, one for each key, event time and id.</summary>
internal sealed class OnlineRows
{
    private readonly FeatureView _view;
    private readonly ColumnTable _table;
    private readonly SourceColumn _timestamp;
    private readonly SourceColumn? _created;
    private readonly SourceColumn[] _values;
    private readonly bool _hasWindows;

    // Without an id column, equal rows of one push are told apart by their count, so that pushing them again adds nothing.
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public OnlineRows(FeatureView view, ColumnTable table)
    {
        _view = view;
        _table = table;
        _timestamp = table[view.Timestamp];
        _timestamp.RequireKind(_timestamp.Kind == FeatureValueKind.Time, $"the view '{view.Name}' needs an instant as its timestamp");
        _created = view.CreatedColumn is { } created ? table[created] : null;
        _values = [.. OnlineLayout.ColumnsOf(view).Select(column => table[column])];
        _hasWindows = view.Features.Any(feature => feature.Aggregation != FeatureAggregation.Latest);
        foreach (var feature in view.Features.Where(feature => feature.Aggregation is not (FeatureAggregation.Latest or FeatureAggregation.Count)))
        {
            var column = table[feature.Column];
            column.RequireKind(
                column.Kind is FeatureValueKind.Number or FeatureValueKind.Boolean,
                $"the feature '{feature.Name}' needs numbers for its {feature.Aggregation}");
        }
    }

    /// <summary>The rows with an event time in [from, to].</summary>
    public IEnumerable<OnlineRow> Between(long from, long to)
    {
        var order = Enumerable.Range(0, _table.Count)
            .Where(row => !_timestamp.IsMissing(row) && _timestamp.Ticks[row] >= from && _timestamp.Ticks[row] <= to)
            .ToArray();
        Array.Sort(order, (left, right) => (_timestamp.Ticks[left], CreatedAt(left), left).CompareTo((_timestamp.Ticks[right], CreatedAt(right), right)));
        var last = new Dictionary<(string, string), OnlineRow>();
        var lastTime = long.MinValue;
        foreach (var index in order)
        {
            if (_timestamp.Ticks[index] != lastTime)
            {
                foreach (var row in last.Values)
                {
                    yield return row;
                }

                last.Clear();
                _seen.Clear();
                lastTime = _timestamp.Ticks[index];
            }

            if (KeyOf(index) is { } key)
            {
                var row = Make(key, index);
                last[(key, row.Id)] = row;
            }
        }

        foreach (var row in last.Values)
        {
            yield return row;
        }
    }

    private long CreatedAt(int row) => _created is null || _created.IsMissing(row) ? _timestamp.Ticks[row] : _created.Ticks[row];

    private string? KeyOf(int row)
    {
        var values = new FeatureValue[_view.Entity.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = _table[_view.Entity[index]][row];
        }

        return EntityKey.Of(values);
    }

    private OnlineRow Make(string key, int row)
    {
        var values = new FeatureValue[_values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = _values[index][row];
        }

        return new OnlineRow(key, new DateTimeOffset(_timestamp.Ticks[row], TimeSpan.Zero), IdOf(key, row, values), values);
    }

    private string IdOf(string key, int row, FeatureValue[] values)
    {
        if (_view.IdColumn is { } column)
        {
            return _table[column][row].AsText() ?? "";
        }

        // Created first, so that ids sort by when a row became known.
        var created = _created is null ? "" : CreatedAt(row).ToString("x16", CultureInfo.InvariantCulture);
        if (!_hasWindows)
        {
            return created;
        }

        var text = new StringBuilder();
        foreach (var value in values)
        {
            var part = EntityKey.Of(value) ?? "";
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        var content = created + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
        var same = string.Concat(key, "\n", content);
        var count = _seen.GetValueOrDefault(same);
        _seen[same] = count + 1;
        return count == 0 ? content : string.Create(CultureInfo.InvariantCulture, $"{content}.{count}");
    }
}
