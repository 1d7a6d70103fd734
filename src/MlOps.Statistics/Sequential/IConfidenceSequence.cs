namespace MlOps.Statistics;

/// <summary>Bounds on the mean of a stream that hold at all times at once, so that one may look after every value and stop when one
/// likes.</summary>
/// <remarks>
/// The chance that the mean is ever outside is at most alpha. The bounds only ever narrow: each answer is what no earlier one excluded. NaN
/// is missing and changes nothing. Not safe for concurrent use.
/// </remarks>
public interface IConfidenceSequence
{
    /// <summary>The bounds after all values so far.</summary>
    ConfidenceBounds Bounds { get; }

    /// <summary>Takes in the next value and gives the bounds with it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range that the sequence was made for; its state stays as it
    /// was.</exception>
    ConfidenceBounds Update(double value);

    /// <summary>Forgets the stream; the parameters stay.</summary>
    void Reset();

    /// <summary>Parameters and state as bytes, versioned and checksummed: what the type's <c>Read</c> makes of them goes on exactly as this
    /// one would.</summary>
    byte[] ToArray();
}
