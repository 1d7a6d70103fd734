using System.CommandLine;
using MlOps.Tracking;

namespace MlOps.Cli.Runs;

/// <summary><c>mlops runs compare</c>.</summary>
internal static class RunsCompare
{
    public static Command Create()
    {
        var ids = new Argument<string[]>("runs")
        {
            Description = "Two or more ids, or ends of ids that only one run has.",
            Arity = new ArgumentArity(2, 20),
        };
        var command = new Command(
            "compare", "Shows in what runs differ: parameters, metrics, files, inputs, code, configuration, machine, packages.")
        {
            ids,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var workspace = parsed.OpenWorkspace();
            await using (workspace.ConfigureAwait(false))
            {
                RunId[] runs = [.. parsed.GetValue(ids)!.Select(id => new RunId(id))];
                var comparison = await workspace.Tracking.CompareAsync(runs, cancellationToken).ConfigureAwait(false);
                parsed.Output().Write(
                    new
                    {
                        Runs = comparison.Runs.Select(run => RunDocument.Of(run)),
                        comparison.Differences,
                        comparison.CodeChanges,
                    },
                    output =>
                    {
                        Write(output, comparison.Differences, [.. comparison.Runs.Select(run => $"{run.Name} ({run.Id.Short})")]);
                        if (comparison.CodeChanges is { } changes)
                        {
                            output.Line();
                            output.Line(changes);
                        }
                    });
                return ExitCodes.Success;
            }
        });
        return command.WithExamples("mlops runs compare 1a2b3c4d 5e6f7a8b", "mlops runs compare 1a2b3c4d 5e6f7a8b --output json");
    }

    /// <summary>Writes a table with a column for each run.</summary>
    public static void Write(CommandOutput output, IReadOnlyList<RunDifference> differences, string[] runs)
    {
        List<(string, Func<RunDifference, string>)> columns =
        [
            ("", difference => difference.Kind.ToString()),
            ("What", difference => difference.Name),
            .. runs.Select((run, index) => (run, (Func<RunDifference, string>)(difference => difference.Values[index] ?? "–"))),
        ];
        if (differences.Any(difference => difference.Detail is not null))
        {
            columns.Add(("", difference => difference.Detail ?? ""));
        }

        output.Table(differences, "No differences.", [.. columns]);
    }
}
