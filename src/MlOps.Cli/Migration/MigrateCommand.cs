using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Sql;

namespace MlOps.Cli.Migration;

/// <summary><c>mlops migrate</c>.</summary>
internal static class MigrateCommand
{
    private const string Sqlite = "sqlite:";
    private const string Postgres = "postgres:";
    private const string Forms = "'sqlite:PATH' or 'postgres:CONNECTION STRING'";

    public static Command Create()
    {
        var from = Database("--from", "The database to copy, which stays as it is");
        var to = Database("--to", "The database to copy to, which holds nothing yet");
        var command = new Command("migrate", "Copies all that a workspace's database holds into another one. Files stay where they are.")
        {
            from, to,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var source = Open(parsed.GetValue(from)!, mustExist: true);
            await using (source.ConfigureAwait(false))
            {
                var target = Open(parsed.GetValue(to)!, mustExist: false);
                await using (target.ConfigureAwait(false))
                {
                    var rows = await StoreMigration.CopyAsync(source, target, cancellationToken).ConfigureAwait(false);
                    parsed.Output().Write(
                        new { Rows = rows },
                        output => output.Table(
                            [.. rows], "", ("Table", table => table.Key), ("Rows", table => Display.Count(table.Value))));
                    return ExitCodes.Success;
                }
            }
        });
        return command.WithExamples(
            "mlops migrate --from sqlite:.mlops/mlops.db --to \"postgres:Host=db;Database=ml;Username=ml\"",
            "PGPASSWORD=… mlops migrate --from \"postgres:Host=db;Database=ml;Username=ml\" --to sqlite:copy.db");
    }

    private static Option<string> Database(string name, string description)
    {
        var option = new Option<string>(name) { Description = $"{description}: {Forms}.", Required = true };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } value
                && !IsOf(Sqlite, value)
                && !IsOf(Postgres, value))
            {
                result.AddError($"{name} is not a database: give {Forms}.");
            }
        });
        return option;
    }

    private static bool IsOf(string kind, string value) => value.Length > kind.Length && value.StartsWith(kind, StringComparison.Ordinal);

    private static ServiceProvider Open(string database, bool mustExist)
    {
        var builder = new Builder();
        if (IsOf(Postgres, database))
        {
            builder.UsePostgreSql(database[Postgres.Length..]);
        }
        else
        {
            var path = database[Sqlite.Length..];
            if (mustExist && !File.Exists(path))
            {
                throw new MlOpsException(
                    ErrorCodes.FileNotFound, $"There is no database '{path}'; give the path of a workspace's 'mlops.db'.");
            }

            builder.UseSqlite(path);
        }

        return builder.Services.BuildServiceProvider();
    }

    private sealed class Builder : IMlOpsBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
