using System.CommandLine;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary><c>mlops data profile</c>.</summary>
internal static class DataProfileCommand
{
    public static Command Create()
    {
        var html = new Option<string?>("--html") { Description = "Writes the profile with histograms as one HTML file." };
        var save = new Option<string?>(
            "--save")
        { Description = "Writes the profile with its sketches as JSON, to be compared or added up later." };
        var correlations = new Option<bool>("--correlations") { Description = "Correlates each pair of numeric columns." };
        var schema = new Option<string?>("--schema", "-s") { Description = "A schema file whose personal columns are not to be shown." };
        var command = new Command("profile", "Describes the columns of data: one pass, bounded memory.")
        {
            html, save, correlations, schema,
        }.WithData().WithExamples(
            "mlops data profile flights.parquet",
            "mlops data profile flights.parquet --html profile.html --correlations",
            "mlops data profile customers.csv --personal email --personal name --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var personal = parsed.GetValue(schema) is { } path
                ? (await DataSchema.LoadAsync(path, cancellationToken).ConfigureAwait(false)).PersonalColumns : [];
            var opened = await parsed.OpenDataAsync(cancellationToken).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                var named = await parsed.PersonalColumnsAsync(opened.Dataset, cancellationToken).ConfigureAwait(false);
                var options = new DataProfileOptions { Correlations = parsed.GetValue(correlations), PersonalColumns = [.. personal, .. named] };
                var profile = await opened.Dataset.ProfileAsync(options, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(html) is { } page)
                {
                    await profile.ToReport().SaveHtmlAsync(page, cancellationToken).ConfigureAwait(false);
                }

                if (parsed.GetValue(save) is { } file)
                {
                    await profile.SaveAsync(file, cancellationToken).ConfigureAwait(false);
                }

                parsed.Output().Write(DataProfileDocument.Of(profile), output => output.Line(profile.ToText().TrimEnd()));
                return ExitCodes.Success;
            }
        });
        return command;
    }
}
