using Microsoft.Extensions.Options;

namespace MlOps.Tracking;

internal sealed class TrackingOptionsValidator : IValidateOptions<TrackingOptions>
{
    public ValidateOptionsResult Validate(string? name, TrackingOptions options)
    {
        var errors = Check(options);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    internal static void ThrowIfInvalid(TrackingOptions options)
    {
        var errors = Check(options);
        if (errors.Count > 0)
        {
            throw new MlOpsException(ErrorCodes.InvalidConfiguration, string.Join(" ", errors));
        }
    }

    private static List<string> Check(TrackingOptions options)
    {
        var errors = new List<string>();
        Require(options.FlushInterval > TimeSpan.Zero, $"FlushInterval is {options.FlushInterval}; give more than zero.");
        Require(options.BufferCapacity >= 16, $"BufferCapacity is {options.BufferCapacity}; give at least 16 events.");
        Require(options.HeartbeatInterval > TimeSpan.Zero, $"HeartbeatInterval is {options.HeartbeatInterval}; give more than zero.");
        Require(
            options.LostAfter >= 2 * options.HeartbeatInterval,
            $"LostAfter is {options.LostAfter}; give at least two heartbeats ({2 * options.HeartbeatInterval}), or living runs count as lost.");
        Require(options.RetryFor >= TimeSpan.Zero, $"RetryFor is {options.RetryFor}; give zero or more.");
        Require(options.MaximumDiffBytes >= 0, $"MaximumDiffBytes is {options.MaximumDiffBytes}; give zero or more.");
        return errors;

        void Require(bool holds, string message)
        {
            if (!holds)
            {
                errors.Add($"{TrackingOptions.SectionName}: {message}");
            }
        }
    }
}
