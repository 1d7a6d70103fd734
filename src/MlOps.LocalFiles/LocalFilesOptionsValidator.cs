using Microsoft.Extensions.Options;

namespace MlOps.LocalFiles;

[OptionsValidator]
internal sealed partial class LocalFilesOptionsValidator : IValidateOptions<LocalFilesOptions>;
