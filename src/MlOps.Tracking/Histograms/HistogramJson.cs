using System.Text.Json.Serialization;

namespace MlOps.Tracking;

[JsonSerializable(typeof(ExponentialHistogram))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
internal sealed partial class HistogramJson : JsonSerializerContext;
