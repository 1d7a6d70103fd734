using System.Text.Json.Serialization;
using MlOps.Monitoring;
using MlOps.Pipelines;
using MlOps.Registry;
using MlOps.Storage;
using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>The documents that are kept as JSON in columns.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RunSnapshot))]
[JsonSerializable(typeof(IReadOnlyList<StoredFile>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(StepRecord))]
[JsonSerializable(typeof(MonitoringWindow))]
internal sealed partial class StoreJson : JsonSerializerContext;
