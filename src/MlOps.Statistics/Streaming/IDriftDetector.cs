namespace MlOps.Statistics;

/// <summary>Watches a stream for a change, one value at a time, in constant memory and without allocating.</summary>
/// <remarks>
/// <para>
/// A NaN is missing: it changes nothing, and <see cref="Update"/> answers <see cref="DetectorState.None"/>. What an infinity does stands on
/// each detector: those of a mean leave it out, those of ranks take it as an extreme value, those of errors refuse it.
/// </para>
/// <para>
/// After <see cref="DetectorState.Drift"/> a detector begins anew with the next value, unless it says otherwise. How many false alarms and
/// how much delay to expect of each detector's defaults is measured in <c>docs/streaming.md</c>. Not safe for concurrent use.
/// </para>
/// </remarks>
public interface IDriftDetector
{
    /// <summary>The answer to the last value that was not missing.</summary>
    DetectorState State { get; }

    /// <summary>Takes in the next value and says what the stream looks like with it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A detector of errors was given a value that is none; its state stays as it
    /// was.</exception>
    DetectorState Update(double value);

    /// <summary>Forgets the stream; the parameters stay.</summary>
    void Reset();

    /// <summary>Parameters and state as bytes, versioned and checksummed: what the type's <c>Read</c> makes of them goes on exactly as this
    /// one would.</summary>
    byte[] ToArray();
}
