namespace MlOps.Data;

/// <summary>How the times of a column are spread, counted exactly.</summary>
/// <param name="Edges">Rising, at equal distances; one more than there are counts. A bin holds its lower edge and not its upper.</param>
/// <param name="Counts">The times in each bin.</param>
public sealed record ProfileTimeHistogram(IReadOnlyList<DateTimeOffset> Edges, IReadOnlyList<long> Counts)
{
    internal static ProfileTimeHistogram? Of(Profiles.TimeBins bins, int most)
    {
        if (bins.Counts.IsEmpty)
        {
            return null;
        }

        var coarse = bins.Coarser(most);
        return new ProfileTimeHistogram(
            [.. Enumerable.Range(0, coarse.Counts.Length + 1).Select(i => new DateTimeOffset(
                Math.Clamp((coarse.First + i) << coarse.Shift, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks),
                    TimeSpan.Zero))],
            coarse.Counts.ToArray());
    }
}
