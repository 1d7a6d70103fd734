namespace MlOps.Statistics;

/// <summary>One column's part in the error of reconstruction.</summary>
/// <param name="Column">The column's number, from 0.</param>
/// <param name="ReferenceError">The mean absolute error of the column in the reference rows held out, in its standard deviations.</param>
/// <param name="CurrentError">The mean absolute error of the column in the current rows; NaN with none.</param>
/// <param name="Statistic">
/// The Kolmogorov–Smirnov distance of the column's absolute errors, from 0 to 1, by which columns are ranked; NaN with no current row.
/// </param>
public readonly record struct ReconstructionColumn(int Column, double ReferenceError, double CurrentError, double Statistic);
