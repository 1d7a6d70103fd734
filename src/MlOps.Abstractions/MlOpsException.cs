namespace MlOps;

/// <summary>The one exception family of the SDK: something outside the code was wrong, and the message says what, where and what to do.</summary>
/// <remarks>Misuse by the programmer (a null, a negative count) keeps the framework's argument exceptions.</remarks>
public sealed class MlOpsException : Exception
{
    /// <summary>Creates an error with one of <see cref="ErrorCodes"/>.</summary>
    /// <param name="code">Stable across releases; programs branch on it, never on the message.</param>
    /// <param name="message">What was wrong, where, and what to do next.</param>
    /// <param name="innerException">What the file system, the database or the engine said, if anything.</param>
    public MlOpsException(string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        Code = code;
    }

    /// <summary>One of <see cref="ErrorCodes"/>, or a code of a third-party provider.</summary>
    public string Code { get; }
}
