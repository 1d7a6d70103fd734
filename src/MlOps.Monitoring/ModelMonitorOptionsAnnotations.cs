using Microsoft.Extensions.Options;

namespace MlOps.Monitoring;

/// <summary>Checks each option by its annotations.</summary>
[OptionsValidator]
internal sealed partial class ModelMonitorOptionsAnnotations : IValidateOptions<ModelMonitorOptions>;
