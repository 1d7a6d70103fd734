namespace MlOps.Monitoring;

/// <summary>Says that a monitor was added for a model; its options are the named options of that name.</summary>
internal sealed record MonitoredModel(string Name);
