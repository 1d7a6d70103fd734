namespace MlOps.Registry;

/// <summary>A movable name of a model version, such as <c>champion</c>.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Alias">The alias.</param>
/// <param name="Version">The version it points at.</param>
/// <param name="MovedAt">When it was last moved.</param>
public sealed record ModelAlias(string Model, string Alias, int Version, DateTimeOffset MovedAt);
