using MlOps.Data;

namespace MlOps.Features;

/// <summary>What a computed feature sees: the inputs that it declared, of one spine row or one request.</summary>
public readonly struct FeatureRow
{
    private readonly IReadOnlyList<string> _names;
    private readonly ReadOnlyMemory<FeatureValue> _values;

    /// <summary>Puts names beside values.</summary>
    /// <param name="names">The declared inputs.</param>
    /// <param name="values">Their values, in the same order.</param>
    public FeatureRow(IReadOnlyList<string> names, ReadOnlyMemory<FeatureValue> values)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, names.Count, nameof(values));
        _names = names;
        _values = values;
    }

    /// <summary>An input's value.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FeatureNotFound"/>: the input was not declared.</exception>
    public FeatureValue this[string name]
    {
        get
        {
            for (var index = 0; index < _names.Count; index++)
            {
                if (string.Equals(_names[index], name, StringComparison.Ordinal))
                {
                    return _values.Span[index];
                }
            }

            var nearest = NearestName.Of(name, _names);
            throw new MlOpsException(
                ErrorCodes.FeatureNotFound,
                $"A computed feature reads '{name}', which is not among its declared inputs ({string.Join(", ", _names)})."
                + (nearest is null ? " Add it to the inputs of Compute." : $" Did you mean '{nearest}'?"));
        }
    }

    /// <summary>Whether an input is missing.</summary>
    public bool IsMissing(string name) => this[name].IsMissing;

    /// <summary>The number, 0 or 1 for a truth value; NaN when missing or not a number.</summary>
    public double Number(string name) => this[name].AsNumber();

    /// <summary>The text; null when missing.</summary>
    public string? Text(string name) => this[name].AsText();

    /// <summary>The instant, in UTC.</summary>
    /// <exception cref="InvalidOperationException">It is missing (ask <see cref="IsMissing"/> first) or not an instant.</exception>
    public DateTimeOffset Time(string name)
    {
        var value = this[name];
        return value.Kind == FeatureValueKind.Time
            ? value.AsTime()
            : throw new InvalidOperationException($"The input '{name}' is {value.Kind}, not an instant: check row.IsMissing(\"{name}\") first.");
    }
}
