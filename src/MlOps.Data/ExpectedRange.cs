using System.Globalization;

namespace MlOps.Data;

/// <summary>Between what a metric was expected by its history, both inclusive.</summary>
/// <param name="Min">The least value expected.</param>
/// <param name="Max">The greatest value expected.</param>
/// <param name="Runs">From how many runs.</param>
public sealed record ExpectedRange(double Min, double Max, int Runs)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Min:G6} to {Max:G6} from {Runs} runs");
}
