using Microsoft.Extensions.Logging;

namespace MlOps.Tracking;

/// <summary>Tells the log, and a webhook where there is one, what becomes of runs.</summary>
internal sealed class RunNotifications(RunWebhook? webhook, ILogger logger)
{
    public void Tell(RunInfo run)
    {
        switch (run.Status)
        {
            case RunStatus.Running: Log.RunStarted(logger, run.Id, run.Name, run.Experiment); break;
            case RunStatus.Lost: Log.RunLost(logger, run.Id, run.Experiment, run.Failure ?? ""); break;
            case RunStatus.Failed: Log.RunFailed(logger, run.Id, run.Name, run.Experiment, run.Failure); break;
            default: Log.RunEnded(logger, run.Id, run.Name, run.Experiment, run.Status); break;
        }

        webhook?.Send(run);
    }
}
