using System.CommandLine;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary><c>mlops data schema</c> and <c>mlops data schema diff</c>.</summary>
internal static class DataSchemaCommand
{
    public static Command Create()
    {
        var save = new Option<string?>(
            "--save")
        { Description = "Writes the schema as a JSON file, to be reviewed and kept with the code." };
        var evolve = new Option<string?>(
            "--evolve")
        { Description = "A schema file to relax as far as the data need it, instead of inferring one." };
        var command = new Command("schema", "Infers a schema that the data pass, with room around what was seen.")
        {
            save, evolve, CreateDiff(),
        }.WithData(personal: false).WithExamples(
            "mlops data schema flights.parquet --save flights.schema.json",
            "mlops data schema june.parquet --evolve flights.schema.json --save flights.schema.json",
            "mlops data schema diff old.schema.json new.schema.json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var older = parsed.GetValue(evolve) is { } path
                ? await DataSchema.LoadAsync(path, cancellationToken).ConfigureAwait(false) : null;
            var opened = await parsed.OpenDataAsync(cancellationToken).ConfigureAwait(false);
            await using (opened.ConfigureAwait(false))
            {
                var profile = await opened.Dataset.ProfileAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                var schema = older?.Evolve(profile) ?? DataSchema.Infer(profile);
                if (parsed.GetValue(save) is { } file)
                {
                    await schema.SaveAsync(file, cancellationToken).ConfigureAwait(false);
                }

                parsed.Output().Write(schema, output =>
                {
                    output.Line(schema.ToText().TrimEnd());
                    if (older is not null)
                    {
                        output.Line();
                        output.Line(DataSchema.Diff(older, schema).ToText().TrimEnd());
                    }
                });
                return ExitCodes.Success;
            }
        });
        return command;
    }

    private static Command CreateDiff()
    {
        var older = new Argument<string>("older") { Description = "The older schema file." };
        var newer = new Argument<string>("newer") { Description = "The newer schema file." };
        var command = new Command(
            "diff", "Says how two schema files differ. Exit code 1 when data that passed before may fail now.") { older, newer };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var before = await DataSchema.LoadAsync(parsed.GetValue(older)!, cancellationToken).ConfigureAwait(false);
            var diff = DataSchema.Diff(
                before, await DataSchema.LoadAsync(parsed.GetValue(newer)!, cancellationToken).ConfigureAwait(false));
            parsed.Output().Write(new { diff.IsBreaking, diff.Changes }, output => output.Line(diff.ToText().TrimEnd()));
            return diff.IsBreaking ? ExitCodes.Failed : ExitCodes.Success;
        });
        return command;
    }
}
