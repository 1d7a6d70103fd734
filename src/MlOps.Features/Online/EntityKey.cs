using System.Globalization;
using System.Text;

namespace MlOps.Features.Online;

/// <summary>Writes the values that identify an entity as one text; different values never give the same text.</summary>
internal static class EntityKey
{
    /// <summary>The key of one value; null when it is missing.</summary>
    public static string? Of(FeatureValue value) => value.Kind switch
    {
        FeatureValueKind.Missing => null,
        FeatureValueKind.Text => string.Concat("s", value.AsText()),
        FeatureValueKind.Number => string.Concat("n", (value.AsNumber() + 0.0).ToString("R", CultureInfo.InvariantCulture)),
        FeatureValueKind.Boolean => value.AsBoolean() ? "b1" : "b0",
        _ => string.Concat("t", value.AsTime().UtcTicks.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>The key of several values, each with its length before it; null when one is missing.</summary>
    public static string? Of(ReadOnlySpan<FeatureValue> values)
    {
        if (values.Length == 1)
        {
            return Of(values[0]);
        }

        var text = new StringBuilder();
        foreach (var value in values)
        {
            if (Of(value) is not { } part)
            {
                return null;
            }

            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        return text.ToString();
    }
}
