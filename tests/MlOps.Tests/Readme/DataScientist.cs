using MlOps.Data;
using MlOps.Tracking;

namespace MlOps.Tests.Readme;

internal static class DataScientist
{
    public static async Task RunAsync()
    {
        // begin
        await using var workspace = Workspace.Open();
        var data = await workspace.Data.AddAsync("flights", Dataset.FromCsv("flights.csv"));

        await using var run = await workspace.Tracking.StartRunAsync("delays");
        run.LogInput("training", data.Version);
        run.LogParameter("learning_rate", 0.05);
        for (var epoch = 0; epoch < 100; epoch++)
        {
            run.LogMetric("loss", 1.0 / (1 + epoch), epoch);
        }
        // end
    }
}
