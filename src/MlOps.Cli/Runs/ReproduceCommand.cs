using System.CommandLine;
using MlOps.Tracking;

namespace MlOps.Cli.Runs;

/// <summary><c>mlops reproduce</c>.</summary>
internal static class ReproduceCommand
{
    public static Command Create()
    {
        var defaults = new ReproductionOptions();
        var id = new Argument<string>("run") { Description = "The run's id, or an end of it that only one run has." };
        var arguments = new Argument<string[]>("arguments")
        {
            Description = "After --: the program's arguments instead of the recorded ones.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var into = new Option<string?>("--into")
        {
            Description = "A new or empty folder for the code, the workspace and the output; default: a temporary one, removed at the end.",
        };
        var keep = new Option<bool>("--keep") { Description = "Keep the checked-out code, and a temporary folder." };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "How far numbers may be apart to be equal within tolerance, relative to the greater or to 1.",
            DefaultValueFactory = _ => defaults.Tolerance,
        };
        var timeout = new Option<double>("--timeout")
        {
            Description = "The most minutes for building and running.",
            DefaultValueFactory = _ => defaults.Timeout.TotalMinutes,
        };
        var repository = new Option<string?>("--repository")
        {
            Description = "A clone that has the run's commit; default: the one it was started in.",
        };
        var project = new Option<string?>("--project")
        {
            Description = "The project or source file to start, relative to the root; default: the one that builds the recorded assembly.",
        };
        var metrics = new Option<string[]>("--ignore-metric")
        {
            Description = "A metric that measures the machine and is not compared; * at the end stands for any ending. May be repeated.",
        };
        var files = new Option<string[]>("--ignore-file")
        {
            Description = "A file that is not compared, such as a dated report; * at the end stands for any ending. May be repeated.",
        };
        var command = new Command(
            "reproduce", "Runs a recorded run again, in a folder of its own, and compares. Exit code 0: equal; 1: different; 2: not possible.")
        {
            id, arguments, into, keep, tolerance, timeout, repository, project, metrics, files,
        };
        tolerance.Validators.Add(result => Require(result.GetValueOrDefault<double>() >= 0, result, "--tolerance takes a number from 0."));
        timeout.Validators.Add(result => Require(
            result.GetValueOrDefault<double>() is > 0 and <= 60 * 24 * 24, result, "--timeout takes minutes above 0, at most 24 days."));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var workspace = parsed.OpenWorkspace();
            await using (workspace.ConfigureAwait(false))
            {
                var reproduction = await workspace.ReproduceAsync(
                    new RunId(parsed.GetValue(id)!),
                    new ReproductionOptions
                    {
                        Folder = parsed.GetValue(into),
                        Keep = parsed.GetValue(keep),
                        Repository = parsed.GetValue(repository),
                        Project = parsed.GetValue(project),
                        Arguments = parsed.GetValue(arguments) is { Length: > 0 } given ? given : null,
                        Tolerance = parsed.GetValue(tolerance),
                        Timeout = TimeSpan.FromMinutes(parsed.GetValue(timeout)),
                        IgnoredMetrics = [.. defaults.IgnoredMetrics, .. parsed.GetValue(metrics) ?? []],
                        IgnoredArtifacts = parsed.GetValue(files) ?? [],
                        Progress = new Steps(parsed.InvocationConfiguration.Error),
                    },
                    cancellationToken).ConfigureAwait(false);
                parsed.Output().Write(DocumentOf(reproduction), output => WriteText(reproduction, output));
                return reproduction.Verdict == ReproductionVerdict.Different ? ExitCodes.Failed : ExitCodes.Success;
            }
        });
        return command.WithExamples(
            "mlops reproduce 1a2b3c4d",
            "mlops reproduce 1a2b3c4d --into ../again --keep --ignore-file report.html",
            "mlops reproduce 1a2b3c4d -- --epochs 3");
    }

    private static void Require(bool holds, System.CommandLine.Parsing.SymbolResult result, string otherwise)
    {
        if (!holds)
        {
            result.AddError(otherwise);
        }
    }

    private static object DocumentOf(RunReproduction reproduction) => new
    {
        reproduction.Verdict,
        Original = reproduction.Original.Info.Id.Value,
        Reproduced = RunDocument.Of(reproduction.Reproduced),
        reproduction.Differences,
        reproduction.Circumstances,
        reproduction.Notes,
        reproduction.ExitCode,
        reproduction.Folder,
    };

    private static void WriteText(RunReproduction reproduction, CommandOutput output)
    {
        var (original, reproduced) = (reproduction.Original.Info, reproduction.Reproduced.Info);
        string[] runs = [$"original ({original.Id.Short})", $"reproduced ({reproduced.Id.Short})"];
        output.Line(reproduction.Verdict switch
        {
            ReproductionVerdict.BitEqual => "BIT-EQUAL: every parameter, input, point and file is the same.",
            ReproductionVerdict.EqualWithinTolerance => "EQUAL WITHIN TOLERANCE: no number is further off than allowed.",
            _ => "DIFFERENT",
        });
        output.Line(
            $"{original.Experiment} {original.Id.Short} took {Display.Duration(original.EndedAt - original.StartedAt)}, "
            + $"reproduced as {reproduced.Id.Short} in {Display.Duration(reproduced.EndedAt - reproduced.StartedAt)}");
        if (reproduction.Differences.Count > 0)
        {
            output.Line();
            output.Line("Results that differ");
            RunsCompare.Write(output, reproduction.Differences, runs);
        }

        if (reproduction.Circumstances.Count > 0)
        {
            output.Line();
            output.Line("What else is not the same");
            RunsCompare.Write(output, reproduction.Circumstances, runs);
        }

        foreach (var note in reproduction.Notes)
        {
            output.Line($"Note: {note}");
        }

        if (reproduction.Folder is { } folder)
        {
            output.Line($"Kept in {folder}");
        }
    }

    // Beside the answer, which programs read; at once, and so without the thread pool of Progress<T>.
    private sealed class Steps(TextWriter writer) : IProgress<string>
    {
        public void Report(string value) => writer.WriteLine($"… {value}");
    }
}
