using System.Diagnostics;
using MlOps.Data;

namespace MlOps.Features;

/// <summary>The features of one request, in the service's order.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FeatureVector
{
    /// <summary>Puts names beside values.</summary>
    public FeatureVector(IReadOnlyList<string> names, IReadOnlyList<FeatureValue> values)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Count, names.Count, nameof(values));
        Names = names;
        Values = values;
    }

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The values; missing where nothing is known of the entity at the event time.</summary>
    public IReadOnlyList<FeatureValue> Values { get; }

    /// <summary>A value by name.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FeatureNotFound"/>.</exception>
    public FeatureValue this[string name]
    {
        get
        {
            for (var index = 0; index < Names.Count; index++)
            {
                if (string.Equals(Names[index], name, StringComparison.Ordinal))
                {
                    return Values[index];
                }
            }

            var nearest = NearestName.Of(name, Names);
            throw new MlOpsException(
                ErrorCodes.FeatureNotFound,
                $"The feature vector has no '{name}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} It has: {string.Join(", ", Names)}.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Names.Zip(Values, (name, value) => $"{name}={value}"));
}
