using System.Text.Json.Serialization;

namespace MlOps.Data.Checks.History;

[JsonSerializable(typeof(MetricHistoryPoint))]
internal sealed partial class HistoryJson : JsonSerializerContext;
