namespace MlOps.Statistics;

/// <summary>How a rank test finds its p-value.</summary>
public enum PValueMethod
{
    /// <summary>Exact for small samples and asymptotic beyond; the rule and its limits are SciPy's, stated at each test.</summary>
    Auto,

    /// <summary>The permutation distribution of the statistic, as if nothing were tied.</summary>
    Exact,

    /// <summary>The limiting distribution.</summary>
    Asymptotic,
}
