using System.Globalization;

namespace MlOps.Tracking;

/// <summary>Which operators and values go with which fields.</summary>
internal static class RunConditionRules
{
    // SQLite takes no pattern of more than 50,000 bytes.
    private const int MaximumPattern = 10_000;

    private static readonly string[] _times =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>What is wrong with a condition; brings the values into the form in which they are kept.</summary>
    public static RunConditionProblem? Problem(RunField field, RunOperator comparison, Span<RunLiteral> values)
    {
        if (RunOperators.IsNull(comparison))
        {
            return values.Length == 0 ? null : new(-1, $"{RunOperators.Text(comparison)} takes no value", "none");
        }

        if (RunOperators.IsList(comparison) ? values.Length == 0 : values.Length != 1)
        {
            return new(
                -1, $"{RunOperators.Text(comparison)} was given {values.Length} values", RunOperators.IsList(comparison) ? "one or more" : "one");
        }

        var onlyNumbers = field.Kind == RunFieldKind.Metric || (field.Kind == RunFieldKind.Attribute && IsNumber(field.Name));
        if (onlyNumbers && (RunOperators.IsList(comparison) || RunOperators.IsPattern(comparison)))
        {
            return new(
                -1,
                $"{field} is a number, and {RunOperators.Text(comparison)} compares texts",
                "one of =, !=, <, <=, >, >=, IS NULL, IS NOT NULL");
        }

        for (var i = 0; i < values.Length; i++)
        {
            var problem = onlyNumbers ? Number(field, ref values[i]) : Text(field, comparison, ref values[i]);
            if (problem is { } found)
            {
                return new(found.Expected.StartsWith("one of =", StringComparison.Ordinal) ? -1 : i, found.Message, found.Expected);
            }
        }

        return null;
    }

    private static string Unquoted(string text) => RunNumber.TryParse(text, out _) ? $"{text}, without quotes" : "a number";

    private static bool IsNumber(string attribute) => RunAttributes.IsTime(attribute) || attribute == "duration";

    private static (string Message, string Expected)? Number(RunField field, ref RunLiteral value)
    {
        if (value.Text is not { } text)
        {
            return null;
        }

        if (field.Kind == RunFieldKind.Metric)
        {
            return ($"{field} is a number, and {value} is a text", Unquoted(text));
        }

        if (field.Name == "duration")
        {
            if (!TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span))
            {
                return ($"{value} is no duration", "milliseconds such as 90000, or a text such as '00:01:30'");
            }

            value = span.TotalMilliseconds;
            return null;
        }

        if (!DateTimeOffset.TryParseExact(
            text, _times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return ($"{value} is no time", "milliseconds since 1970, or a date such as '2026-01-31' or '2026-01-31T09:30:00Z'");
        }

        value = (time.UtcTicks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
        return null;
    }

    private static (string Message, string Expected)? Text(RunField field, RunOperator comparison, ref RunLiteral value)
    {
        var mayBeNumber = field.Kind is RunFieldKind.Parameter or RunFieldKind.Tag;
        if (value.Text is not { } text)
        {
            return mayBeNumber && !RunOperators.IsPattern(comparison) && !RunOperators.IsList(comparison)
                ? null
                : ($"{RunOperators.Text(comparison)} compares {field} with a text, and {value} is a number", "a text in quotes");
        }

        if (RunOperators.IsOrder(comparison))
        {
            return mayBeNumber
                ? ($"{field} {RunOperators.Text(comparison)} compares numbers, and {value} is a text", Unquoted(text))
                : ($"{field} is a text and has no {RunOperators.Text(comparison)}", "one of =, !=, LIKE, ILIKE, IN, NOT IN, IS NULL, IS NOT NULL");
        }

        if (RunOperators.IsPattern(comparison))
        {
            return text.Length > MaximumPattern ? ($"The pattern has {text.Length} characters", $"at most {MaximumPattern}") : null;
        }

        if (field is not { Kind: RunFieldKind.Attribute, Name: "status" })
        {
            return null;
        }

        if (RunStatusName.Find(text) is not { } name)
        {
            var near = RunStatusName.Nearest(text);
            return ($"There is no status {value}", near is null ? "RUNNING, FINISHED, FAILED, KILLED or LOST" : $"'{near}'");
        }

        value = name;
        return null;
    }
}
