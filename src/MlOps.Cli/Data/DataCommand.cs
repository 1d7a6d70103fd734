using System.CommandLine;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary><c>mlops data add|log|profile|schema|suggest|check|format</c>.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Data versions, profiles, schemas and checks.")
    {
        CreateAdd(), CreateLog(), DataProfileCommand.Create(), DataSchemaCommand.Create(), DataSuggestCommand.Create(), CheckCommand.Create(),
        DataFormatCommand.Create(),
    };

    private static Command CreateAdd()
    {
        var path = new Argument<string>("path") { Description = "A file or a folder." };
        var name = new Option<string?>("--name", "-n") { Description = "The data set's name; default: the file's or folder's." };
        var message = new Option<string?>("--message", "-m") { Description = "Why it is added." };
        var command = new Command("add", "Adds a file or folder as a data version; equal content is recognised.") { path, name, message };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var source = parsed.GetValue(path)!;
            var workspace = parsed.OpenWorkspace(create: true);
            await using (workspace.ConfigureAwait(false))
            {
                var chosen = parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(source));
                var added = await workspace.Data
                    .AddFilesAsync(chosen, source, parsed.GetValue(message), cancellationToken).ConfigureAwait(false);
                parsed.Output().Write(
                    DataVersionDocument.Of(added.Version) with { IsNew = added.IsNew },
                    output => output.Line(
                        $"{added.Version.Reference}  {(added.IsNew ? "added" : "recognised: its content is unchanged")}, "
                        + $"{Display.Count(added.Version.Files.Count)} files, {Display.Count(added.Version.Files.Sum(file => file.Length))} bytes, "
                        + $"sha256:{added.Version.Hash}"));
                return ExitCodes.Success;
            }
        });
        return command;
    }

    private static Command CreateLog()
    {
        var name = new Argument<string?>("name") { Description = "Only this data set.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("log", "Lists data versions, newest first.") { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var workspace = parsed.OpenWorkspace();
            await using (workspace.ConfigureAwait(false))
            {
                var versions = await workspace.Data.ListAsync(parsed.GetValue(name), cancellationToken).ConfigureAwait(false);
                parsed.Output().Write(
                    versions.Select(DataVersionDocument.Of),
                    output => output.Table(
                        versions,
                        "No data versions yet.",
                        ("Version", version => version.Reference),
                        ("Rows", version => Display.Count(version.RowCount)),
                        ("Bytes", version => Display.Count(version.Files.Sum(file => file.Length))),
                        ("Added (UTC)", version => Display.Time(version.CreatedAt)),
                        ("SHA-256", version => version.Hash.Short),
                        ("Why", version => version.Message ?? "")));
                return ExitCodes.Success;
            }
        });
        return command;
    }
}
