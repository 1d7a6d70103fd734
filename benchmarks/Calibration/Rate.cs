namespace MlOps.Benchmarks;

/// <summary>A share of trials with its Monte Carlo standard error.</summary>
internal readonly record struct Rate(int Hits, int Trials)
{
    private double Share => (double)Hits / Trials;

    /// <summary>Per cent, with the error in per cent.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{100 * Share:0.0} ± {100 * Math.Sqrt(Share * (1 - Share) / Trials):0.0}");
}
