using System.CommandLine;
using MlOps.Tracking;

namespace MlOps.Cli.Runs;

/// <summary><c>mlops runs list|search|show|compare</c>.</summary>
internal static class RunsCommand
{
    public static Command Create() => new("runs", "Recorded runs.") { CreateList(), RunsSearchCommand.Create(), CreateShow(), RunsCompare.Create() };

    public static Option<int> CreateLimit()
    {
        var limit = new Option<int>("--limit", "-n") { Description = "How many at the most.", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > RunQuery.MaximumLimit)
            {
                result.AddError($"--limit takes 1 to {RunQuery.MaximumLimit}.");
            }
        });
        return limit;
    }

    private static Command CreateList()
    {
        var experiment = new Option<string?>("--experiment", "-e") { Description = "Only runs of this experiment." };
        var limit = CreateLimit();
        var command = new Command("list", "Lists runs, newest first.") { experiment, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var workspace = parsed.OpenWorkspace();
            await using (workspace.ConfigureAwait(false))
            {
                var query = new RunQuery { Experiment = parsed.GetValue(experiment), Limit = parsed.GetValue(limit) };
                var page = await workspace.Tracking.SearchRunsAsync(query, cancellationToken).ConfigureAwait(false);
                var runs = page.Runs.Select(run => run.Info).ToList();
                parsed.Output().Write(
                    runs.Select(run => RunDocument.Of(run)),
                    output => output.Table(
                        runs,
                        "No runs yet.",
                        ("Run", run => run.Id.Short),
                        ("Experiment", run => run.Experiment),
                        ("Name", run => run.Name),
                        ("Status", run => run.Status.ToString()),
                        ("Started (UTC)", run => Display.Time(run.StartedAt)),
                        ("Took", run => Display.Duration(run.EndedAt - run.StartedAt)),
                        ("Parent", run => run.Parent?.Short ?? "")));
                return ExitCodes.Success;
            }
        });
        return command;
    }

    private static Command CreateShow()
    {
        var id = new Argument<string>("run") { Description = "The run's id, or an end of it that only one run has." };
        var command = new Command("show", "Shows one run: parameters, metrics, inputs, files and the environment it ran in.") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var workspace = parsed.OpenWorkspace();
            await using (workspace.ConfigureAwait(false))
            {
                var wanted = parsed.GetValue(id)!;
                var run = await workspace.Tracking.FindRunAsync(new RunId(wanted), cancellationToken).ConfigureAwait(false)
                    ?? throw new MlOpsException(
                        ErrorCodes.RunNotFound, $"The workspace has no run '{wanted}'. 'mlops runs list' shows those that it has.");
                parsed.Output().Write(RunDocument.Of(run), output => WriteText(run, output));
                return ExitCodes.Success;
            }
        });
        return command;
    }

    private static void WriteText(RunDetails run, CommandOutput output)
    {
        var info = run.Info;
        output.Line($"{info.Experiment} / {info.Name}");
        output.Line($"  id       {info.Id}");
        output.Line($"  status   {info.Status}{(info.Failure is null ? "" : $": {info.Failure}")}");
        output.Line($"  started  {Display.Time(info.StartedAt)} UTC, took {Display.Duration(info.EndedAt - info.StartedAt)}");
        var code = run.Snapshot.GitCommit is { } commit
            ? $"{commit[..Math.Min(12, commit.Length)]}{(run.Snapshot.GitDirty ? " with uncommitted changes" : "")}"
            : "not in a git repository";
        output.Line($"  code     {code}");
        output.Line($"  machine  {run.Snapshot.Framework}, {run.Snapshot.OperatingSystem}, {run.Snapshot.ProcessorCount} cores");
        Section("Inputs", run.Inputs.Select(pair => (pair.Key, pair.Value)));
        Section("Parameters", run.Parameters.Select(pair => (pair.Key, pair.Value)));
        Section("Metrics (latest)", run.Metrics.Select(pair => (pair.Key, Display.Number(pair.Value.Value))));
        Section("Tags", run.Tags.Select(pair => (pair.Key, pair.Value)));
        Section("Files", run.Artifacts.Select(file => (file.Path, Display.Count(file.Length) + " bytes")));

        void Section(string title, IEnumerable<(string Name, string Value)> entries)
        {
            var rows = entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
            if (rows.Count > 0)
            {
                output.Line();
                output.Table(rows, "", (title, row => row.Name), ("", row => row.Value));
            }
        }
    }
}
