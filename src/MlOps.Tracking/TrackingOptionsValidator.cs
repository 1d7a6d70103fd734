using Microsoft.Extensions.Options;

namespace MlOps.Tracking;

/// <summary>Checks each option alone, and then what two of them must be to each other.</summary>
internal sealed class TrackingOptionsValidator : IValidateOptions<TrackingOptions>
{
    private static readonly TrackingOptionsAnnotations Annotations = new();

    public ValidateOptionsResult Validate(string? name, TrackingOptions options)
    {
        var alone = Annotations.Validate(name, options);
        if (options.Webhook is { } webhook && !(webhook.IsAbsoluteUri && webhook.Scheme is "http" or "https"))
        {
            return ValidateOptionsResult.Fail(
                $"{nameof(TrackingOptions)}.{nameof(TrackingOptions.Webhook)} is {webhook}; give an absolute http or https address.");
        }

        return alone.Failed || options.LostAfter >= 2 * options.HeartbeatInterval
            ? alone
            : ValidateOptionsResult.Fail(
                $"{nameof(TrackingOptions)}.{nameof(TrackingOptions.LostAfter)} is {options.LostAfter}; "
                + $"give at least two heartbeats ({2 * options.HeartbeatInterval}), or living runs count as lost.");
    }

    internal void ThrowIfInvalid(TrackingOptions options)
    {
        if (Validate(null, options) is { Failed: true } result)
        {
            throw new MlOpsException(ErrorCodes.InvalidConfiguration, result.FailureMessage);
        }
    }
}
