using Microsoft.Extensions.Options;

namespace MlOps.Monitoring;

[OptionsValidator]
internal sealed partial class MonitorBufferOptionsValidator : IValidateOptions<MonitorBufferOptions>;
