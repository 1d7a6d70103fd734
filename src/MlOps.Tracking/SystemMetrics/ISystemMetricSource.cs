namespace MlOps.Tracking;

/// <summary>Something that says how busy the machine or this process is.</summary>
/// <remarks>Called by one thread at a time. What the system does not tell is left out.</remarks>
internal interface ISystemMetricSource
{
    /// <summary>Adds what there is to say now; of rates, over the time since the last call.</summary>
    ValueTask ReadAsync(List<KeyValuePair<string, double>> values, CancellationToken cancellationToken);
}
