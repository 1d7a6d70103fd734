namespace MlOps.Testing;

/// <summary>An assertion on data, drift or a model does not hold; the message says what was expected and what was seen.</summary>
public sealed class AssertionFailedException : Exception
{
    /// <summary>Creates a failure.</summary>
    /// <param name="message">What was expected, what was seen, and where.</param>
    public AssertionFailedException(string message)
        : base(message)
    {
    }
}
