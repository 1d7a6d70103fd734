using Microsoft.Extensions.Options;

namespace MlOps.Serving;

[OptionsValidator]
internal sealed partial class ServingOptionsValidator : IValidateOptions<ServingOptions>;
