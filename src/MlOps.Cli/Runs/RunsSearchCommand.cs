using System.CommandLine;
using MlOps.Tracking;

namespace MlOps.Cli.Runs;

/// <summary><c>mlops runs search</c>.</summary>
internal static class RunsSearchCommand
{
    public static Command Create()
    {
        var filter = new Argument<string>("filter")
        {
            Description = "Which runs, such as \"metrics.auc > 0.8 AND params.model = 'gbt'\"; all when left out.",
            DefaultValueFactory = _ => "",
        };
        var orderBy = new Option<string>("--order-by", "-s")
        {
            Description = "What to sort by, such as \"metrics.auc DESC, start_time\"; newest first when left out.",
            DefaultValueFactory = _ => "",
        };
        var experiment = new Option<string?>("--experiment", "-e") { Description = "Only runs of this experiment." };
        var limit = RunsCommand.CreateLimit();
        var page = new Option<string?>("--page-token") { Description = "Goes on after the page that gave this token." };
        var command = new Command("search", "Finds runs by what they recorded.") { filter, orderBy, experiment, limit, page }.WithExamples(
            "mlops runs search \"metrics.auc > 0.8 AND params.lr < 0.01\" --order-by \"metrics.auc DESC\"",
            "mlops runs search \"status = 'FAILED' AND start_time > '2026-01-31'\"",
            "mlops runs search \"metrics.loss.min < 0.1 OR tags.owner LIKE 'a%'\" --output json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetValue(filter)!;
            var query = new RunQuery
            {
                Filter = string.IsNullOrWhiteSpace(text) ? null : RunFilter.Parse(text),
                OrderBy = RunOrder.Parse(parsed.GetValue(orderBy)!),
                Experiment = parsed.GetValue(experiment),
                Limit = parsed.GetValue(limit),
                PageToken = parsed.GetValue(page),
            };
            var workspace = parsed.OpenWorkspace();
            await using (workspace.ConfigureAwait(false))
            {
                var found = await workspace.Tracking.SearchRunsAsync(query, cancellationToken).ConfigureAwait(false);
                parsed.Output().Write(RunPageDocument.Of(found), output => WriteText(query, found, output));
                return ExitCodes.Success;
            }
        });
        return command;
    }

    // The values that were asked about are shown beside each run.
    private static void WriteText(RunQuery query, RunPage page, CommandOutput output)
    {
        var asked = (query.Filter?.Fields ?? []).Concat(query.OrderBy.Select(key => key.Field))
            .Where(field => field.Kind is RunFieldKind.Metric or RunFieldKind.Parameter or RunFieldKind.Tag)
            .Select(field => (field.Kind, field.Name))
            .Distinct();
        output.Table(
            page.Runs,
            "No run answers the filter.",
            [
                ("Run", run => run.Id.Short),
                ("Experiment", run => run.Info.Experiment),
                ("Name", run => run.Info.Name),
                ("Status", run => run.Info.Status.ToString()),
                ("Started (UTC)", run => Display.Time(run.Info.StartedAt)),
                ("Took", run => Display.Duration(run.Info.EndedAt - run.Info.StartedAt)),
                .. asked.Select(field => (field.Name, (Func<RunSummary, string>)(run => Value(run, field.Kind, field.Name)))),
            ]);
        if (page.NextPageToken is { } token)
        {
            output.Line($"There are more: --page-token {token}");
        }
    }

    private static string Value(RunSummary run, RunFieldKind kind, string name) => kind switch
    {
        RunFieldKind.Metric => run.Metrics.TryGetValue(name, out var point) ? Display.Number(point.Value) : "",
        RunFieldKind.Parameter => run.Parameters.GetValueOrDefault(name, ""),
        _ => run.Tags.GetValueOrDefault(name, ""),
    };
}
