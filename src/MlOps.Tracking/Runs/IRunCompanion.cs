namespace MlOps.Tracking;

/// <summary>Something that records by itself while a run is open, such as its console output.</summary>
internal interface IRunCompanion
{
    /// <summary>Gives the run what it has held back.</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Gives the run the last of it and stops; later calls do nothing.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
