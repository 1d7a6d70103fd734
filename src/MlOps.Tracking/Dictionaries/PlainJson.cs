using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOps.Tracking;

/// <summary>Writes values whose type is known only when they are there, without reflection.</summary>
internal static class PlainJson
{
    private const int MaximumDepth = 64;

    /// <summary>Writes a value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="value">Null, text, truth value, number, time, a dictionary of such by texts, a sequence of such, or JSON.</param>
    /// <param name="place">Where it stands, for the message.</param>
    /// <param name="depth">How deep it stands.</param>
    /// <exception cref="ArgumentException">It is, or holds, something else.</exception>
    public static void Write(Utf8JsonWriter json, object? value, string place, int depth = 0)
    {
        if (depth > MaximumDepth)
        {
            throw new ArgumentException($"{place[..40]}… lies deeper than {MaximumDepth} levels: a value may not hold itself.");
        }

        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case double number: Write(json, number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case float number: Write(json, number); break;
            case Half number: Write(json, (double)number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case ulong number: json.WriteNumberValue(number); break;
            case Enum name: json.WriteStringValue(name.ToString()); break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(((IConvertible)value).ToInt64(CultureInfo.InvariantCulture));
                break;
            case DateTime or DateTimeOffset or DateOnly or TimeOnly:
                json.WriteStringValue(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture));
                break;
            case TimeSpan or Guid or char or Uri or Version: json.WriteStringValue(value.ToString()); break;
            case JsonElement element: element.WriteTo(json); break;
            case JsonNode node: node.WriteTo(json); break;
            case IEnumerable<KeyValuePair<string, object?>> pairs: WriteObject(json, pairs, place, depth); break;
            case IDictionary dictionary: WriteObject(json, Pairs(dictionary, place), place, depth); break;
            case IEnumerable items:
                json.WriteStartArray();
                var index = 0;
                foreach (var item in items)
                {
                    Write(json, item, $"{place}[{index++}]", depth + 1);
                }

                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException(
                    $"{place} is a {value.GetType()}, which has no form in JSON without reflection: give texts, numbers, truth values, times, "
                    + "dictionaries and lists of them, or log the object with LogJsonAsync and its generated type information.");
        }
    }

    /// <summary>
    /// Writes a number; NaN and the infinities, which JSON lacks, as the texts <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.
    /// </summary>
    public static void Write(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void WriteObject(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> pairs, string place, int depth)
    {
        json.WriteStartObject();
        foreach (var (name, value) in pairs)
        {
            json.WritePropertyName(name);
            Write(json, value, $"{place}.{name}", depth + 1);
        }

        json.WriteEndObject();
    }

    private static IEnumerable<KeyValuePair<string, object?>> Pairs(IDictionary dictionary, string place)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return new(
                entry.Key as string ?? throw new ArgumentException($"{place} has a key of {entry.Key.GetType()}: names in JSON are texts."),
                entry.Value);
        }
    }
}
