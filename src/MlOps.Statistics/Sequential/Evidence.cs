using System.Globalization;

namespace MlOps.Statistics;

/// <summary>What a sequential test holds against its hypothesis, valid at every moment, however often one looks (Ville, 1939).</summary>
/// <remarks>
/// An e-value is the wealth of a gambler who bets against the hypothesis from a stake of 1: while it is true, the chance that the wealth
/// ever reaches 1 / alpha is at most alpha. E-values of independent streams may be multiplied, so their logarithms add.
/// </remarks>
/// <param name="LogEValue">The natural logarithm of the e-value now; 0 without any evidence, and it may fall again.</param>
/// <param name="MaximumLogEValue">The greatest it has been, 0 or more.</param>
public readonly record struct Evidence(double LogEValue, double MaximumLogEValue)
{
    /// <summary>The e-value now; infinite above about 1e308, where <see cref="LogEValue"/> still counts.</summary>
    public double EValue => Math.Exp(LogEValue);

    /// <summary>The anytime-valid p-value: 1 over the greatest e-value so far. It never rises.</summary>
    public double PValue => Math.Exp(-MaximumLogEValue);

    /// <summary>Whether the e-value has ever reached 1 / alpha: under the hypothesis this happens at any time with probability at most
    /// alpha.</summary>
    /// <param name="alpha">The error probability over all time, between 0 and 1.</param>
    public bool RejectsAt(double alpha) => MaximumLogEValue >= -Math.Log(Parameter.Level(alpha));

    /// <summary>The e-value and the anytime-valid p-value.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"e = {EValue:G4}, anytime p = {PValue:G4}");

    internal Evidence With(double logEValue) => new(logEValue, Math.Max(MaximumLogEValue, logEValue));

    internal void Write(PayloadWriter writer)
    {
        writer.Real(LogEValue);
        writer.Real(MaximumLogEValue);
    }

    internal static Evidence Read(ref PayloadReader reader) => new(reader.Real(), reader.Real());
}
