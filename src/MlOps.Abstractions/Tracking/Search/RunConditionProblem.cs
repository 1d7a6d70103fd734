namespace MlOps.Tracking;

/// <summary>What is wrong with a condition.</summary>
/// <param name="Value">The number of the value that is wrong; -1 when it is the operator.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Expected">What would be right.</param>
internal readonly record struct RunConditionProblem(int Value, string Message, string Expected);
