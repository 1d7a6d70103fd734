using System.Diagnostics;

namespace MlOps.Testing;

/// <summary>A model's metric on one slice of the rows, such as one carrier or one country.</summary>
/// <param name="Slice">What the rows have in common.</param>
/// <param name="Rows">How many rows have a value.</param>
/// <param name="Mean">The metric's mean over them; NaN without rows.</param>
/// <param name="PValue">How likely a mean so low is if the true one is the floor, corrected over the slices (Holm); 1 without rows.</param>
[DebuggerDisplay("{Slice}: {Mean} over {Rows} rows, p {PValue}")]
public sealed record ModelSlice(string Slice, int Rows, double Mean, double PValue);
