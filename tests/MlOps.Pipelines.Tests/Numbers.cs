using System.Text.Json.Serialization;

namespace MlOps.Pipelines.Tests;

internal sealed record Number(double Value);

[JsonSerializable(typeof(Number))]
internal sealed partial class NumbersJson : JsonSerializerContext;
