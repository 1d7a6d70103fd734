using Microsoft.Extensions.Options;

namespace MlOps.Monitoring;

internal sealed class MonitorBufferOptionsValidator : IValidateOptions<MonitorBufferOptions>
{
    public ValidateOptionsResult Validate(string? name, MonitorBufferOptions options) =>
        options.Capacity < 1 || options.BatchSize < 1 || options.FlushInterval <= TimeSpan.Zero
            ? ValidateOptionsResult.Fail("The monitor's buffer needs a positive Capacity, BatchSize and FlushInterval.")
            : ValidateOptionsResult.Success;
}
