namespace MlOps.Statistics;

/// <summary>How the losses of two models differ on the same rows.</summary>
public sealed record PairedComparison
{
    /// <summary>The mean over rows of the loss of A less the loss of B: positive where B is the better model.</summary>
    public required double MeanDifference { get; init; }

    /// <summary>The lower end of the 95 % block-bootstrap interval of the mean difference.</summary>
    public required double Lower { get; init; }

    /// <summary>The upper end of the 95 % block-bootstrap interval of the mean difference.</summary>
    public required double Upper { get; init; }

    /// <summary>The two-sided p-value of no difference.</summary>
    public required double PValue { get; init; }

    /// <summary>The one-sided p-value against "A loses more than B": small where B is better.</summary>
    public required double PValueGreater { get; init; }

    /// <summary>The one-sided p-value against "A loses less than B": small where A is better.</summary>
    public required double PValueLess { get; init; }

    /// <summary>The rows compared; pairs with a missing loss are left out.</summary>
    public required long Rows { get; init; }

    /// <summary>The independent blocks that the rows fall into; the evidence grows with these, not with rows.</summary>
    public required int Blocks { get; init; }

    /// <summary>The number of sign patterns that the p-values rest on.</summary>
    public required int Permutations { get; init; }

    /// <summary>Whether all sign patterns were enumerated, so that the p-values are exact.</summary>
    public required bool IsExact { get; init; }
}
