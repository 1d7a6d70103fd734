namespace MlOps.Data.Checks.Running;

/// <summary>What was seen in segments, in words.</summary>
internal static class SegmentWords
{
    private const int Shown = 3;

    /// <summary>How many segments are wrong and the first of them.</summary>
    /// <param name="segments">All segments.</param>
    /// <param name="right">What to say when all are right.</param>
    public static string Of(IReadOnlyList<CheckSegment> segments, string right)
    {
        var wrong = segments.Where(segment => !segment.Passed).ToArray();
        return wrong.Length == 0 ? right
            : $"{wrong.Length} of {segments.Count} segments wrong: "
                + string.Join("; ", wrong.Take(Shown).Select(segment => $"{segment.Key ?? "missing"}: {segment.Observed}"))
                + (wrong.Length > Shown ? "; …" : "");
    }
}
