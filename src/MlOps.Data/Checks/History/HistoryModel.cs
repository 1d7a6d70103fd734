namespace MlOps.Data.Checks.History;

/// <summary>How the next value follows from those before it.</summary>
internal abstract record HistoryModel
{
    /// <summary>The method in words, such as <c>within 3 standard deviations of the last runs</c>.</summary>
    public abstract string Words { get; }

    /// <summary>The fewest values that it can say anything from.</summary>
    public abstract int Fewest { get; }

    /// <summary>Between what the next value lies.</summary>
    /// <param name="values">At least <see cref="Fewest"/>, the oldest first.</param>
    public abstract HistoryBounds Expect(ReadOnlySpan<double> values);
}
