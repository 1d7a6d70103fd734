namespace MlOps.Data.Expressions;

/// <summary>Says what is wrong with an expression, and where.</summary>
internal static class ExpressionError
{
    private const int Shown = 200;

    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="text">The whole expression.</param>
    /// <param name="position">Where, from 0.</param>
    /// <param name="problem">What is wrong, and what to do.</param>
    public static MlOpsException At(string code, string text, int position, string problem) =>
        new(code, $"the expression '{(text.Length > Shown ? text[..Shown] + "…" : text)}' is wrong at position {position + 1}: {problem}");
}
