using System.CommandLine;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary><c>mlops data suggest</c>.</summary>
internal static class DataSuggestCommand
{
    public static Command Create()
    {
        var file = new Option<string?>("--out") { Description = "Writes all suggestions as a check file, which 'mlops data check --checks' runs." };
        var save = new Option<string?>("--save") { Description = "Writes the schema of those suggestions that a schema can hold as a JSON file." };
        var rate = new Option<double>("--max-false-alarms")
        {
            Description = "The highest estimated rate of false alarms of a suggestion, from 0 to 1.",
            DefaultValueFactory = _ => new SchemaSuggestionOptions().MaximumFalseAlarmRate,
        };
        var command = new Command("suggest", "Proposes constraints fitted on parts of the data and tried on the others, most useful first.")
        {
            file, save, rate,
        }.WithData().WithExamples(
            "mlops data suggest flights.parquet",
            "mlops data suggest flights.parquet --out flights.checks.json",
            "mlops data suggest customers.csv --personal email --max-false-alarms 0.05 --save customers.schema.json --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var opened = await parsed.OpenDataAsync(cancellationToken).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                var personal = await parsed.PersonalColumnsAsync(opened.Dataset, cancellationToken).ConfigureAwait(false);
                var options = new SchemaSuggestionOptions { MaximumFalseAlarmRate = parsed.GetValue(rate), PersonalColumns = personal };
                var suggestions = await DataSchema.SuggestAsync(opened.Dataset, options, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(file) is { } checks)
                {
                    await suggestions.ToChecks().SaveAsync(checks, cancellationToken).ConfigureAwait(false);
                }

                if (parsed.GetValue(save) is { } schema)
                {
                    await suggestions.ToSchema().SaveAsync(schema, cancellationToken).ConfigureAwait(false);
                }

                parsed.Output().Write(
                    new { suggestions.Name, suggestions.RowCount, suggestions.Suggestions },
                    output =>
                    {
                        output.Line(suggestions.ToText().TrimEnd());
                        Wrote(output, "checks were", parsed.GetValue(file));
                        Wrote(output, "schema was", parsed.GetValue(save));
                    });
                return ExitCodes.Success;
            }
        });
        return command;
    }

    private static void Wrote(CommandOutput output, string what, string? path)
    {
        if (path is not null)
        {
            output.Line($"The {what} written to {path}.");
        }
    }
}
