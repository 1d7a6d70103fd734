namespace MlOps.Monitoring;

/// <summary>Cuts time into windows of one length; an instant on an edge belongs to the window that starts there.</summary>
internal readonly record struct WindowGrid(DateTimeOffset Origin, TimeSpan Length)
{
    public DateTimeOffset StartOf(DateTimeOffset instant)
    {
        var offset = (instant.UtcTicks - Origin.UtcTicks) % Length.Ticks;
        return new DateTimeOffset(instant.UtcTicks - (offset < 0 ? offset + Length.Ticks : offset), TimeSpan.Zero);
    }

    public IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Between(DateTimeOffset first, DateTimeOffset upTo)
    {
        for (var start = StartOf(first); upTo - start >= Length; start += Length)
        {
            yield return (start, start + Length);
        }
    }
}
