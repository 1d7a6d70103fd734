namespace MlOps.Monitoring;

/// <summary>What a monitored model predicts, which decides how its performance is measured.</summary>
public enum PredictionTask
{
    /// <summary>The probability of one of two outcomes; outcomes are 0 and 1.</summary>
    BinaryClassification,

    /// <summary>A number.</summary>
    Regression,
}
