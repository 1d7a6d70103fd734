using System.Globalization;

namespace MlOps.Registry;

/// <summary>Lets a candidate pass whose files together are no larger than a budget.</summary>
public sealed class MaximumSizeGate : IPromotionGate
{
    private readonly long _maximumBytes;

    /// <summary>Creates a gate.</summary>
    public MaximumSizeGate(long maximumBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumBytes);
        _maximumBytes = maximumBytes;
    }

    /// <inheritdoc/>
    public ValueTask<GateResult> EvaluateAsync(PromotionCandidate candidate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var bytes = candidate.Version.Package.Files.Sum(file => file.Length);
        return new(new GateResult
        {
            Gate = "maximum size",
            Passed = bytes <= _maximumBytes,
            Reason = string.Create(CultureInfo.InvariantCulture, $"The files have {bytes:N0} bytes; {_maximumBytes:N0} are allowed."),
            Evidence = new Dictionary<string, double> { ["bytes"] = bytes, ["maximum_bytes"] = _maximumBytes },
        });
    }
}
