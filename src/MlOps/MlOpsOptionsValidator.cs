using Microsoft.Extensions.Options;

namespace MlOps;

[OptionsValidator]
internal sealed partial class MlOpsOptionsValidator : IValidateOptions<MlOpsOptions>;
