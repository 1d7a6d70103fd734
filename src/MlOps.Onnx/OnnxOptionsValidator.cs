using Microsoft.Extensions.Options;

namespace MlOps.Onnx;

[OptionsValidator]
internal sealed partial class OnnxOptionsValidator : IValidateOptions<OnnxOptions>;
