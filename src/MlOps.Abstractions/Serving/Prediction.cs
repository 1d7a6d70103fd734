namespace MlOps.Serving;

/// <summary>A model's answer.</summary>
/// <param name="Value">The answer itself.</param>
/// <param name="Id">Names the prediction, so that its true outcome can be told later; null when it is not recorded.</param>
/// <param name="ModelVersion">The version that answered.</param>
/// <typeparam name="T">The type of the answer.</typeparam>
public readonly record struct Prediction<T>(T Value, string? Id, int ModelVersion)
{
    /// <summary>What is wrong with the input, where the predictor judges inputs and answers wrong ones too; null for nothing.</summary>
    public string? InputProblem { get; init; }
}
