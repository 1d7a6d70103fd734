using System.Diagnostics;
using System.Globalization;

namespace MlOps.Statistics;

/// <summary>What another tool's default rule says of two samples.</summary>
/// <param name="Tool">The tool and its version, such as "Evidently 0.7.21".</param>
/// <param name="Test">The tool's name of the test that it chose, such as "wasserstein".</param>
/// <param name="Value">The number that the tool prints: a p-value or a distance; NaN where a sample has no value.</param>
/// <param name="Threshold">The tool's threshold.</param>
/// <param name="HasDrift">The tool's verdict.</param>
[DebuggerDisplay("{Tool} {Test}: {Value}, drift {HasDrift}")]
public sealed record CompatResult(string Tool, string Test, double Value, double Threshold, bool HasDrift)
{
    /// <summary>One line: tool, test, number, threshold and verdict.</summary>
    public override string ToString()
    {
        var verdict = HasDrift ? "drift" : "no drift";
        return string.Create(CultureInfo.InvariantCulture, $"{Tool} {Test} {Value:0.####} (threshold {Threshold:0.####}): {verdict}");
    }
}
