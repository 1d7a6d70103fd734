using System.Text.Json.Serialization;

namespace MlOps.Registry;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AliasMove))]
[JsonSerializable(typeof(PromotionDecision))]
internal sealed partial class RegistryJson : JsonSerializerContext;
