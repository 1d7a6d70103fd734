using System.Diagnostics.CodeAnalysis;

namespace MlOps.Features;

/// <summary>What the caller knows at serving time: the event time, the entity's keys and the request's own values.</summary>
/// <remarks>
/// Filled by an initializer: <c>new FeatureRequest(flight.Date) { ["origin"] = flight.Origin, ["distance"] = flight.Distance }</c>.
/// Reading it from several threads is safe; filling it is not.
/// </remarks>
public sealed class FeatureRequest
{
    // A request has a handful of values: a scan beats a dictionary and allocates one array.
    private KeyValuePair<string, FeatureValue>[] _values;
    private int _count;

    /// <summary>Starts a request without values.</summary>
    /// <param name="eventTime">Rows after this instant are not seen.</param>
    /// <param name="capacity">How many values are expected.</param>
    public FeatureRequest(DateTimeOffset eventTime, int capacity = 8)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        EventTime = eventTime;
        _values = new KeyValuePair<string, FeatureValue>[capacity];
    }

    /// <summary>Rows after this instant are not seen.</summary>
    public DateTimeOffset EventTime { get; }

    /// <summary>The names and values in the order they were set.</summary>
    public IEnumerable<KeyValuePair<string, FeatureValue>> Values => _values.Take(_count);

    /// <summary>A named value.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>: the request has no such value.</exception>
    public FeatureValue this[string name]
    {
        get => TryGet(name, out var value)
            ? value
            : throw new MlOpsException(
                ErrorCodes.ColumnNotFound,
                $"The feature request has no value '{name}'; it has: {string.Join(", ", Values.Select(pair => pair.Key))}. "
                + "Set it where the request is made; FeatureValue.Missing says that it is not known.");
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            for (var index = 0; index < _count; index++)
            {
                if (string.Equals(_values[index].Key, name, StringComparison.Ordinal))
                {
                    _values[index] = new(name, value);
                    return;
                }
            }

            if (_count == _values.Length)
            {
                Array.Resize(ref _values, Math.Max(4, 2 * _count));
            }

            _values[_count++] = new(name, value);
        }
    }

    /// <summary>Finds a value without throwing.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out FeatureValue value)
    {
        for (var index = 0; index < _count; index++)
        {
            if (string.Equals(_values[index].Key, name, StringComparison.Ordinal))
            {
                value = _values[index].Value;
                return true;
            }
        }

        value = default;
        return false;
    }
}
