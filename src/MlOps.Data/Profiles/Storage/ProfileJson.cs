using System.Text.Json.Serialization;

namespace MlOps.Data.Profiles.Storage;

[JsonSerializable(typeof(ProfileDocument))]
internal sealed partial class ProfileJson : JsonSerializerContext;
