using MlOps.Data;

namespace MlOps.Tracking;

/// <summary>Reads the name of a field: <c>status</c>, <c>metrics.auc.max</c>, <c>tags."my tag"</c>.</summary>
internal static class RunFieldParser
{
    private const string KeyQuotes = "`\"";

    private static readonly Dictionary<string, RunFieldKind> _prefixes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["metric"] = RunFieldKind.Metric,
        ["metrics"] = RunFieldKind.Metric,
        ["param"] = RunFieldKind.Parameter,
        ["params"] = RunFieldKind.Parameter,
        ["parameter"] = RunFieldKind.Parameter,
        ["parameters"] = RunFieldKind.Parameter,
        ["tag"] = RunFieldKind.Tag,
        ["tags"] = RunFieldKind.Tag,
        ["attribute"] = RunFieldKind.Attribute,
        ["attributes"] = RunFieldKind.Attribute,
        ["attr"] = RunFieldKind.Attribute,
        ["run"] = RunFieldKind.Attribute,
        ["dataset"] = RunFieldKind.Dataset,
        ["datasets"] = RunFieldKind.Dataset,
    };

    public static RunField Read(RunFilterScanner scanner)
    {
        scanner.AtEnd();
        var start = scanner.Position;
        if (scanner.TakeQuoted(KeyQuotes) is { } quoted)
        {
            return Attribute(scanner, start, quoted);
        }

        var word = scanner.TakeWord();
        if (word.Length == 0 || char.IsDigit(word[0]))
        {
            throw scanner.Wrong(start, scanner.Next(), "a field such as metrics.auc, params.lr, tags.owner or status");
        }

        var dot = word.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return Attribute(scanner, start, word);
        }

        if (!_prefixes.TryGetValue(word[..dot], out var kind))
        {
            var near = NearestName.Of(word[..dot], ["metrics", "params", "tags", "attributes", "datasets"]);
            throw scanner.Wrong(
                start, $"Fields do not begin with '{RunFilterScanner.Shown(word[..dot])}'",
                near is null ? "metrics., params., tags., attributes. or datasets." : $"'{near}.'");
        }

        var key = word[(dot + 1)..];
        if (key.Length > 0)
        {
            return Keyed(scanner, kind, start + dot + 1, key, isQuoted: false);
        }

        return scanner.TakeQuoted(KeyQuotes) is { Length: > 0 } name
            ? Keyed(scanner, kind, start + dot + 1, name, isQuoted: true)
            : throw scanner.Wrong(scanner.Position, $"'{word}' needs a name after it", "a name; in backticks where it has blanks or other marks");
    }

    private static RunField Keyed(RunFilterScanner scanner, RunFieldKind kind, int start, string key, bool isQuoted)
    {
        switch (kind)
        {
            case RunFieldKind.Attribute:
                return Attribute(scanner, start, key);
            case RunFieldKind.Dataset:
                return RunField.FindDatasetPart(key)
                    ?? throw scanner.Wrong(
                        start, $"Data sets have no '{RunFilterScanner.Shown(key)}'",
                        RunField.NearestDatasetPart(key) is { } near ? $"'{near}'" : "name, digest or context");
            case RunFieldKind.Parameter:
                return RunField.Parameter(key);
            case RunFieldKind.Tag:
                return RunField.Tag(key);
            default:
                return isQuoted ? RunField.Metric(key, Suffix(scanner)) : Metric(MetricSuffix.Split(key));
        }
    }

    private static RunField Metric((string Name, MetricAggregate Aggregate) parts) => RunField.Metric(parts.Name, parts.Aggregate);

    private static MetricAggregate Suffix(RunFilterScanner scanner)
    {
        var start = scanner.Position;
        var suffix = scanner.TakeKey();
        return suffix.Length == 0
            ? MetricAggregate.Latest
            : MetricSuffix.Find(suffix)
                ?? throw scanner.Wrong(
                    start, $"'{RunFilterScanner.Shown(suffix)}' is no summary of a metric",
                    NearestName.Of(suffix.TrimStart('.'), MetricSuffix.Words) is { } near
                        ? $"'.{near}'"
                        : ".min, .max, .first, .last, .best or .count");
    }

    private static RunField Attribute(RunFilterScanner scanner, int start, string name) =>
        RunField.FindAttribute(name)
        ?? throw scanner.Wrong(
            start, $"Runs have no attribute '{RunFilterScanner.Shown(name)}'",
            NearestName.Of(RunFilterScanner.Shown(name), RunAttributes.Names) is { } near
                ? $"'{near}', or metrics., params. or tags. before the name"
                : $"one of {string.Join(", ", RunAttributes.Names)}, or metrics., params. or tags. before the name");
}
