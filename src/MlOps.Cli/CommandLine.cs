using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Cli.Data;
using MlOps.Cli.Drift;
using MlOps.Cli.Migration;
using MlOps.Cli.Models;
using MlOps.Cli.Runs;

namespace MlOps.Cli;

/// <summary>The commands, and how each ends.</summary>
internal static class CommandLine
{
    public static Option<string?> WorkspaceOption { get; } = new("--workspace", "-w")
    {
        Description = "The folder that holds the workspace; default: the nearest .mlops at or above the current folder.",
        Recursive = true,
    };

    public static Option<string> OutputOption { get; } = CreateOutputOption();

    public static Option<bool> JsonOption { get; } = new("--json") { Description = "Short for --output json.", Recursive = true };

    /// <summary>Runs one command line; the tests call it with writers of their own.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand(
            "Runs, data versions, models and drift of an MlOps workspace. Exit codes: 0 fine, 1 the answer is no, 2 wrong use or unreadable input.")
        {
            RunsCommand.Create(),
            ReproduceCommand.Create(),
            DataCommand.Create(),
            DriftCommand.Create(),
            ModelsCommand.Create(),
            MigrateCommand.Create(),
        };
        root.Options.Add(WorkspaceOption);
        root.Options.Add(OutputOption);
        root.Options.Add(JsonOption);
        CommandExamples.ShowIn(root);

        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await error.WriteLineAsync(problem.Message).ConfigureAwait(false);
            }

            await error.WriteLineAsync($"See '{PathOf(parsed.CommandResult)} --help'.").ConfigureAwait(false);
            return ExitCodes.WrongUse;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false },
                cancellationToken).ConfigureAwait(false);
        }
        catch (MlOpsException problem)
        {
            await error.WriteLineAsync($"{problem.Message} [{problem.Code}]").ConfigureAwait(false);
            return IsOfInput(problem.Code) ? ExitCodes.WrongUse : ExitCodes.Failed;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(problem.Message).ConfigureAwait(false);
            return ExitCodes.WrongUse;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Cancelled.").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }

    // Scripts have to tell "no" from "could not be asked".
    private static bool IsOfInput(string code) =>
        code.StartsWith("data.", StringComparison.Ordinal)
        || code is ErrorCodes.InvalidConfiguration or ErrorCodes.InvalidFilter or ErrorCodes.InvalidPageToken
            or ErrorCodes.NotReproducible or ErrorCodes.ReproductionFailed;

    // The words to type: "mlops data add". The root's own name is that of the assembly.
    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "mlops";

    /// <summary>The output that the command line asks for.</summary>
    public static CommandOutput Output(this ParseResult parsed) =>
        new(parsed.InvocationConfiguration.Output, parsed.GetValue(OutputOption) == "json" || parsed.GetValue(JsonOption));

    /// <summary>Opens the workspace that the command line names; commands that write may create it.</summary>
    public static Workspace OpenWorkspace(this ParseResult parsed, bool create = false)
    {
        var path = parsed.GetValue(WorkspaceOption);
        return create ? Workspace.Open(path, Configure) : Workspace.OpenExisting(path, Configure);
    }

    private static void Configure(IMlOpsBuilder mlops) => mlops.UseParquet();

    private static Option<string> CreateOutputOption()
    {
        var option = new Option<string>("--output", "-o")
        {
            Description = "How to answer: text or json.",
            DefaultValueFactory = _ => "text",
            Recursive = true,
        };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}
