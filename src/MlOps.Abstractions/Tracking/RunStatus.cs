namespace MlOps.Tracking;

/// <summary>How a run stands.</summary>
public enum RunStatus
{
    /// <summary>Its process is at work and sends heartbeats.</summary>
    Running,

    /// <summary>It ended as its program meant it to.</summary>
    Finished,

    /// <summary>It ended by an exception.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>Its process died without ending it; what had been flushed is there.</summary>
    Lost,
}
