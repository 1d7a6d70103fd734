using System.CommandLine;
using MlOps.Cli.Drift;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary><c>mlops data check</c>.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var data = new Argument<string>("data") { Description = "A file, or a data version such as flights@1." };
        var schema = new Option<string>("--schema", "-s")
        {
            Description = "The schema file (JSON) that the data must satisfy.",
            Required = true,
        };
        var html = new Option<string?>("--html") { Description = "Where to write the report as one HTML file." };
        var command = new Command("check", "Checks data against a schema. Exit code 1 when a check failed.") { data, schema, html };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var rules = await DataSchema.LoadAsync(parsed.GetValue(schema)!, cancellationToken).ConfigureAwait(false);
            var opened = await parsed.OpenDatasetAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                var report = await rules.ToChecks().RunAsync(opened.Dataset, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(html) is { } path)
                {
                    await report.ToReport().SaveHtmlAsync(path, cancellationToken).ConfigureAwait(false);
                }

                parsed.Output().Write(
                    new { report.Passed, report.RowCount, Checks = report.Results },
                    output => output.Line(report.ToText().TrimEnd()));
                return report.Passed ? ExitCodes.Success : ExitCodes.Failed;
            }
        });
        return command;
    }
}
