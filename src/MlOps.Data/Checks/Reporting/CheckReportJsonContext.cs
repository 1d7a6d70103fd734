using System.Text.Json.Serialization;

namespace MlOps.Data.Checks.Reporting;

[JsonSerializable(typeof(CheckReportDocument))]
internal sealed partial class CheckReportJsonContext : JsonSerializerContext;
