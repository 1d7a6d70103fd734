namespace MlOps.Statistics;

/// <summary>How p-values of many tests are adjusted so that together they keep one error rate.</summary>
public enum MultipleTestingCorrection
{
    /// <summary>No adjustment: each test keeps its own false-alarm rate, and a wide table raises false alarms every time.</summary>
    None,

    /// <summary>
    /// Benjamini and Hochberg (1995): bounds the expected share of false discoveries; with no drift at all, the chance of any alarm.
    /// </summary>
    BenjaminiHochberg,

    /// <summary>Holm (1979): bounds the chance of any false alarm under any dependence.</summary>
    Holm,

    /// <summary>Multiplication by the number of tests: the bound of Holm, with less power.</summary>
    Bonferroni,
}
