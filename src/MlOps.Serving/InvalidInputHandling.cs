namespace MlOps.Serving;

/// <summary>What becomes of an input that is found wrong before the model sees it.</summary>
public enum InvalidInputHandling
{
    /// <summary>The call fails with <see cref="ErrorCodes.InvalidInput"/>; of a batch, no input is answered.</summary>
    Refuse,

    /// <summary>It is answered, and <see cref="Prediction{T}.InputProblem"/> says what is wrong with it.</summary>
    Flag,
}
