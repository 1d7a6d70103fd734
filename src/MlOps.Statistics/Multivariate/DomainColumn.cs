namespace MlOps.Statistics;

/// <summary>One column's part in telling two samples apart.</summary>
/// <param name="Column">The column's number, from 0.</param>
/// <param name="Importance">
/// Its weight in a model of all rows (<see cref="IDomainModel.ColumnImportance"/>): high where it helps, alone or with others.
/// </param>
/// <param name="UnivariateAuc">
/// The area under the ROC curve of the column's own values: 0.5 where the column alone tells nothing, above it where current values are
/// larger, below it where they are smaller; NaN where a sample has no value. An important column near 0.5 points to a changed relation
/// between columns.
/// </param>
public readonly record struct DomainColumn(int Column, double Importance, double UnivariateAuc);
