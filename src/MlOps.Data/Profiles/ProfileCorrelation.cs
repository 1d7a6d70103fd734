namespace MlOps.Data;

/// <summary>How two numeric columns go together, over the rows that have both.</summary>
/// <param name="Left">One column.</param>
/// <param name="Right">The other, which comes after it in the data.</param>
/// <param name="Coefficient">Pearson's r, from −1 to 1; NaN below two rows, or when a column is constant or infinite somewhere.</param>
/// <param name="Count">The rows that have both.</param>
public sealed record ProfileCorrelation(string Left, string Right, double Coefficient, long Count);
