namespace MlOps.Tracking;

/// <summary>Lists of names in which a <c>*</c> at an end stands for any ending.</summary>
internal static class NamePatterns
{
    public static bool Match(string name, IEnumerable<string> patterns) => patterns.Any(pattern => pattern.EndsWith('*')
        ? name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
        : string.Equals(name, pattern, StringComparison.Ordinal));
}
