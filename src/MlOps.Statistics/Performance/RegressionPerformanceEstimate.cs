namespace MlOps.Statistics;

/// <summary>The expected performance of a regression model on rows without targets; every metric is NaN with no row.</summary>
public sealed record RegressionPerformanceEstimate
{
    /// <summary>The number of rows with a prediction.</summary>
    public required int Rows { get; init; }

    /// <summary>The mean absolute error, in the target's unit.</summary>
    public required MetricEstimate MeanAbsoluteError { get; init; }

    /// <summary>The mean squared error, in the target's unit squared.</summary>
    public required MetricEstimate MeanSquaredError { get; init; }

    /// <summary>The root of the mean squared error, in the target's unit.</summary>
    public required MetricEstimate RootMeanSquaredError { get; init; }

    /// <summary>The mean absolute error as a share of the target's size (0.1 is ten per cent); a target of 0 makes it huge.</summary>
    public required MetricEstimate MeanAbsolutePercentageError { get; init; }
}
