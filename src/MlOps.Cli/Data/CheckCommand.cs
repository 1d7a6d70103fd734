using System.CommandLine;
using MlOps.Cli.Drift;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary><c>mlops data check</c>.</summary>
internal static class CheckCommand
{
    private static readonly Option<string[]> Checks = new("--checks", "-c")
    {
        Description = "A check file (JSON) that the data must satisfy; may be given again.",
    };

    private static readonly Option<string?> Schema = new("--schema", "-s")
    {
        Description = "The schema file (JSON) that the data must satisfy.",
    };

    private static readonly Option<string?> Html = new("--html") { Description = "Where to write the report as one HTML file." };

    private static readonly Option<string?> JUnit = new("--junit")
    {
        Description = "Where to write the report as JUnit XML, for build servers.",
    };

    private static readonly Option<string?> Quarantine = DataWriter.Option(
        "--quarantine", "Where to write the rows that break a check, whole and with all columns: .parquet, .csv, .jsonl or .arrow.");

    private static readonly Option<string?> Good = DataWriter.Option("--good", "Where to write the other rows.");

    private static readonly Option<int> Examples = new("--examples")
    {
        Description = "How many wrong rows are shown of each check.",
        DefaultValueFactory = _ => CheckOptions.Default.MaxExamples,
    };

    private static readonly Option<string?> History = new("--history")
    {
        Description = "The file (JSON Lines) that keeps what earlier runs measured, for checks with a history; this run is added to it.",
    };

    public static Command Create()
    {
        var command = new Command("check", "Checks data against check files, a schema or both, in one pass. Exit code 1 when a check failed.")
        {
            Checks, Schema, Html, JUnit, Quarantine, Good, Examples, History,
        }.WithData().WithExamples(
            "mlops data check flights.parquet --checks flights.checks.json",
            "mlops data check 'days/*.csv' -c flights.checks.json --delimiter ';' --decimal ',' --junit checks.xml",
            "mlops data check today.parquet -s flights.schema.json --quarantine bad.parquet --html checks.html --json");
        Examples.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var count) && count < 0)
            {
                result.AddError("--examples has to be 0 or more.");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(Checks) is null && result.GetResult(Schema) is null)
            {
                result.AddError(
                    "Say what to check: --checks with a check file, --schema with a schema file, or both. 'mlops data suggest' writes either.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var suite = await SuiteAsync(parsed, cancellationToken).ConfigureAwait(false);
        var opened = await parsed.OpenDataAsync(cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            using var history = parsed.GetValue(History) is { } file ? new JsonLinesMetricHistory(file) : null;
            var options = new CheckOptions
            {
                MaxExamples = parsed.GetValue(Examples),
                History = history,
                DataReference = opened.Dataset.Name,
                PersonalColumns = await parsed.PersonalColumnsAsync(opened.Dataset, cancellationToken).ConfigureAwait(false),
            };
            var report = await suite.RunAsync(opened.Dataset, options, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(Html) is { } page)
            {
                await report.ToReport().SaveHtmlAsync(page, cancellationToken).ConfigureAwait(false);
            }

            if (parsed.GetValue(JUnit) is { } tests)
            {
                await TextFile.WriteAsync(tests, report.ToJUnit(), cancellationToken).ConfigureAwait(false);
            }

            var (good, bad) = report.Quarantine();
            var goodRows = await DataWriter.WriteAsync(good, parsed.GetValue(Good), cancellationToken).ConfigureAwait(false);
            var badRows = await DataWriter.WriteAsync(bad, parsed.GetValue(Quarantine), cancellationToken).ConfigureAwait(false);
            parsed.Output().Write(
                new
                {
                    report.Suite,
                    Dataset = report.Dataset.Name,
                    report.Passed,
                    report.RowCount,
                    report.StartedAt,
                    DurationSeconds = report.Duration.TotalSeconds,
                    Checks = report.Results,
                    GoodRows = goodRows,
                    QuarantinedRows = badRows,
                },
                output =>
                {
                    output.Line(report.ToText().TrimEnd());
                    Wrote(output, goodRows, "are right", parsed.GetValue(Good));
                    Wrote(output, badRows, "break a check", parsed.GetValue(Quarantine));
                });
            return report.Passed ? ExitCodes.Success : ExitCodes.Failed;
        }
    }

    private static async Task<DataChecks> SuiteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        List<DataChecks> suites = [];
        if (parsed.GetValue(Schema) is { } schema)
        {
            suites.Add((await DataSchema.LoadAsync(schema, cancellationToken).ConfigureAwait(false)).ToChecks());
        }

        foreach (var file in parsed.GetValue(Checks) ?? [])
        {
            suites.Add(await DataChecks.LoadAsync(file, DatasetArgument.Formats(), cancellationToken).ConfigureAwait(false));
        }

        return suites.Count == 1 ? suites[0] : DataChecks.Define(
            string.Join(", ", suites.Select(suite => suite.Name).Distinct(StringComparer.Ordinal)),
            checks => suites.ForEach(suite => checks.Include(suite)));
    }

    private static void Wrote(CommandOutput output, long? rows, string what, string? path)
    {
        if (rows is not null)
        {
            output.Line($"{Display.Count(rows)} rows that {what} were written to {path}.");
        }
    }
}
