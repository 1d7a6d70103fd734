using System.Text.Json.Serialization;

namespace MlOps.Data.Schemas;

[JsonSerializable(typeof(SchemaDocument))]
internal sealed partial class SchemaJson : JsonSerializerContext;
