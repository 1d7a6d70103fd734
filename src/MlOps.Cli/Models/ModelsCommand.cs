using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Registry;

namespace MlOps.Cli.Models;

/// <summary><c>mlops models list|show</c>.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "Registered models.") { CreateList(), CreateShow() };

    private static Command CreateList()
    {
        var name = new Argument<string?>("model") { Description = "Only this model.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "Lists model versions, newest first, with their aliases.") { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var workspace = parsed.OpenWorkspace();
            await using (workspace.ConfigureAwait(false))
            {
                var model = parsed.GetValue(name);
                var versions = await workspace.Registry.ListVersionsAsync(model, cancellationToken).ConfigureAwait(false);
                var aliases = await workspace.Registry.ListAliasesAsync(model, cancellationToken).ConfigureAwait(false);
                parsed.Output().Write(
                    versions.Select(version => ModelDocument.Of(version, aliases)),
                    output => output.Table(
                        versions,
                        "No models yet.",
                        ("Model", version => version.Name),
                        ("Version", version => Display.Count(version.Number)),
                        ("Aliases", version => string.Join(", ", ModelDocument.AliasesOf(version, aliases))),
                        ("Flavor", version => version.Package.Flavor),
                        ("Registered (UTC)", version => Display.Time(version.CreatedAt)),
                        ("Metrics", version => string.Join(
                            ", ",
                            version.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal)
                                .Select(metric => $"{metric.Key} {Display.Number(metric.Value)}"))),
                        ("Run", version => version.Lineage.Run?.Short ?? "")));
                return ExitCodes.Success;
            }
        });
        return command;
    }

    private static Command CreateShow()
    {
        var reference = new Argument<string>("model") { Description = "NAME, NAME@ALIAS or NAME/NUMBER, with or without 'models:/'." };
        var command = new Command("show", "Shows a model version: signature, files, lineage and history.") { reference };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var workspace = parsed.OpenWorkspace();
            await using (workspace.ConfigureAwait(false))
            {
                var wanted = ModelReference.Parse(parsed.GetValue(reference)!);
                var version = await workspace.Registry.FindAsync(wanted, cancellationToken).ConfigureAwait(false)
                    ?? throw new MlOpsException(
                        ErrorCodes.ModelNotFound, $"The workspace has no model {wanted}. 'mlops models list' shows those that it has.");
                var aliases = await workspace.Registry.ListAliasesAsync(version.Name, cancellationToken).ConfigureAwait(false);
                var audit = workspace.Services.GetRequiredService<IAuditLog>();
                var history = await audit.ListAsync(version.Name, cancellationToken).ConfigureAwait(false);
                parsed.Output().Write(
                    ModelDocument.Of(version, aliases) with { History = history },
                    output => WriteText(version, aliases, history, output));
                return ExitCodes.Success;
            }
        });
        return command;
    }

    private static void WriteText(
        ModelVersion version, IReadOnlyList<ModelAlias> aliases, IReadOnlyList<AuditEntry> history, CommandOutput output)
    {
        var names = ModelDocument.AliasesOf(version, aliases);
        output.Line($"models:/{version.Name}/{version.Number}{(names.Count == 0 ? "" : $"  ({string.Join(", ", names)})")}");
        output.Line($"  registered  {Display.Time(version.CreatedAt)} UTC");
        output.Line($"  flavor      {version.Package.Flavor}");
        output.Line($"  signature   {version.Package.Signature}");
        output.Line($"  hash        {version.Hash}");
        output.Line($"  run         {version.Lineage.Run?.Value ?? "unknown"}");
        output.Line($"  data        {(version.Lineage.DataVersions.Count == 0 ? "unknown" : string.Join(", ", version.Lineage.DataVersions))}");
        output.Line($"  code        {version.Lineage.GitCommit ?? "unknown"}");
        foreach (var (name, value) in version.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            output.Line($"  {name,-11} {Display.Number(value)}");
        }

        output.Line();
        output.Table(
            version.Package.Files,
            "No files.",
            ("File", file => file.Path), ("Bytes", file => Display.Count(file.Length)), ("SHA-256", file => file.Hash.Short));
        output.Line();
        output.Table(
            history,
            "No history.",
            ("When (UTC)", entry => Display.Time(entry.At)), ("Version", entry => Display.Count(entry.Version)),
            ("What", entry => entry.Action), ("Why", entry => entry.Reason));
    }
}
