using System.CommandLine;
using MlOps.Cli.Drift;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary><c>mlops data profile</c>.</summary>
internal static class DataProfileCommand
{
    public static Command Create()
    {
        var data = new Argument<string>("data") { Description = "A file, or a data version such as flights@1." };
        var html = new Option<string?>("--html") { Description = "Writes the profile with histograms as one HTML file." };
        var save = new Option<string?>(
            "--save") { Description = "Writes the profile with its sketches as JSON, to be compared or added up later." };
        var correlations = new Option<bool>("--correlations") { Description = "Correlates each pair of numeric columns." };
        var schema = new Option<string?>("--schema", "-s") { Description = "A schema file whose personal columns are not to be shown." };
        var command = new Command(
            "profile", "Describes the columns of data: one pass, bounded memory.") { data, html, save, correlations, schema };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var personal = parsed.GetValue(schema) is { } path
                ? (await DataSchema.LoadAsync(path, cancellationToken).ConfigureAwait(false)).PersonalColumns : [];
            var opened = await parsed.OpenDatasetAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                var options = new DataProfileOptions { Correlations = parsed.GetValue(correlations), PersonalColumns = personal };
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
