using System.Text.Json.Serialization;

namespace MlOps.Data.Checks.Storage;

[JsonSerializable(typeof(CheckDocument))]
internal sealed partial class CheckJson : JsonSerializerContext;
