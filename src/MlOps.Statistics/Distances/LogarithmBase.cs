namespace MlOps.Statistics;

/// <summary>The logarithm that an information distance is measured with.</summary>
public enum LogarithmBase
{
    /// <summary>Base 2: bits; the Jensen–Shannon distance and divergence then run from 0 to 1.</summary>
    Two,

    /// <summary>Base e: nats; the Jensen–Shannon divergence then runs from 0 to ln 2.</summary>
    E,
}
