using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace MlOps.Cli;

/// <summary>Examples of how a command is used, shown below its help.</summary>
internal static class CommandExamples
{
    private static readonly ConditionalWeakTable<Command, string[]> _examples = [];

    public static Command WithExamples(this Command command, params string[] examples)
    {
        _examples.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>Lets the help of all commands below a root show their examples.</summary>
    public static void ShowIn(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new Help((SynchronousCommandLineAction)option.Action!);
        }
    }

    private sealed class Help(SynchronousCommandLineAction before) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = before.Invoke(parseResult);
            if (_examples.TryGetValue(parseResult.CommandResult.Command, out var examples))
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (var example in examples)
                {
                    output.WriteLine($"  {example}");
                }
            }

            return code;
        }
    }
}
