using System.Globalization;
using System.Text;
using MlOps.Storage;

namespace MlOps.Pipelines;

/// <summary>The cache key of a step, and its parts for people.</summary>
internal sealed record StepKey(ContentHash Hash, IReadOnlyDictionary<string, string> Parts)
{
    private const string Code = "code";
    private const string Environment = "environment";

    public static StepKey Of(StepDefinition step, string codeVersion, IReadOnlyList<ContentHash> inputs)
    {
        // The key counts inputs by position: renaming the step before changes nothing.
        var text = new StringBuilder();
        var environment = string.Create(CultureInfo.InvariantCulture, $"net{System.Environment.Version.Major}");
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal) { [Code] = codeVersion, [Environment] = environment };
        Append(text, "step", step.Name);
        Append(text, Code, codeVersion);
        Append(text, Environment, environment);
        for (var index = 0; index < inputs.Count; index++)
        {
            Append(text, "input", inputs[index].Value);
            parts[step.Inputs[index] is { } name ? $"input '{name}'" : "the pipeline's input"] = inputs[index].Value;
        }

        foreach (var (name, value) in step.Options.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var hash = ContentHash.Of(Encoding.UTF8.GetBytes(value)).Value;
            Append(text, "parameter", name);
            Append(text, "value", hash);
            parts[$"parameter '{name}'"] = hash;
        }

        return new StepKey(ContentHash.Of(Encoding.UTF8.GetBytes(text.ToString())), parts);
    }

    /// <summary>Names the parts that differ from an earlier record; null when none does.</summary>
    public string? DifferenceFrom(StepRecord earlier)
    {
        var changed = Parts.Where(part => !earlier.KeyParts.TryGetValue(part.Key, out var before) || before != part.Value)
            .Select(part => earlier.KeyParts.ContainsKey(part.Key) ? $"{part.Key} changed" : $"{part.Key} is new");
        var gone = earlier.KeyParts.Keys.Where(name => !Parts.ContainsKey(name)).Select(name => $"{name} is gone");
        var all = string.Join(", ", changed.Concat(gone));
        return all.Length > 0 ? all : null;
    }

    // Lengths keep neighbouring parts from running into each other.
    private static void Append(StringBuilder text, string name, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name} {value.Length}:{value}\n");
}
