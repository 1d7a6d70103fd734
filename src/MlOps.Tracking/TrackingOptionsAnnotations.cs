using Microsoft.Extensions.Options;

namespace MlOps.Tracking;

/// <summary>Checks each option by its annotations.</summary>
[OptionsValidator]
internal sealed partial class TrackingOptionsAnnotations : IValidateOptions<TrackingOptions>;
