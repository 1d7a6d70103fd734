// A user's first program, built against the packages themselves.
using MlOps;
using MlOps.Tracking;

var folder = Directory.CreateTempSubdirectory("mlops-consumer-");
await using (var workspace = Workspace.Open(folder.FullName))
{
    await using (var run = await workspace.Tracking.StartRunAsync("consumer"))
    {
        run.LogParameter("rate", 0.1);
        run.LogMetric("loss", 0.5, step: 1);
    }

    var runs = await workspace.Tracking.SearchRunsAsync();
    Console.WriteLine($"{runs.Count} run, {runs[0].Status}");
    if (runs[0].Status != RunStatus.Finished)
    {
        return 1;
    }
}

folder.Delete(recursive: true);
return 0;
