using System.CommandLine;
using MlOps.Cli.Drift;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary><c>mlops data suggest</c>.</summary>
internal static class DataSuggestCommand
{
    public static Command Create()
    {
        var data = new Argument<string>("data") { Description = "A file, or a data version such as flights@1." };
        var save = new Option<string?>("--save") { Description = "Writes the schema of all suggestions as a JSON file." };
        var rate = new Option<double>("--max-false-alarms")
        {
            Description = "The highest estimated rate of false alarms of a suggestion, from 0 to 1.",
            DefaultValueFactory = _ => new SchemaSuggestionOptions().MaximumFalseAlarmRate,
        };
        var command = new Command(
            "suggest", "Proposes constraints fitted on parts of the data and tried on the others, most useful first.") { data, save, rate };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var opened = await parsed.OpenDatasetAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                var options = new SchemaSuggestionOptions { MaximumFalseAlarmRate = parsed.GetValue(rate) };
                var suggestions = await DataSchema.SuggestAsync(opened.Dataset, options, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(save) is { } file)
                {
                    await suggestions.ToSchema().SaveAsync(file, cancellationToken).ConfigureAwait(false);
                }

                parsed.Output().Write(
                    new { suggestions.Name, suggestions.RowCount, suggestions.Suggestions },
                    output => output.Line(suggestions.ToText().TrimEnd()));
                return ExitCodes.Success;
            }
        });
        return command;
    }
}
