using System.CommandLine;
using MlOps.Cli.Drift;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary>The data that a command is about: files, or a data version, taken as one data set.</summary>
internal static class DataArguments
{
    private static readonly Argument<string[]> Data = new("data")
    {
        Description = "Files (flights.parquet, 'days/*.csv'), taken together in this order, or a data version such as flights@1.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> PersonalColumns = new("--personal")
    {
        Description = "A column of personal data: no value of it is shown. May be given again.",
    };

    /// <summary>Lets a command be about data.</summary>
    public static Command WithData(this Command command, bool personal = true)
    {
        command.Arguments.Add(Data);
        if (personal)
        {
            command.Options.Add(PersonalColumns);
        }

        CsvArguments.AddTo(command);
        return command;
    }

    /// <summary>Opens all that the command line names as one data set; disposing the result closes the workspace.</summary>
    public static async Task<OpenedDataset> OpenDataAsync(this ParseResult parsed, CancellationToken cancellationToken)
    {
        string[] names = [.. parsed.GetValue(Data)!.SelectMany(Files)];
        var first = await parsed.OpenDatasetAsync(names[0], cancellationToken).ConfigureAwait(false);
        if (names.Length == 1)
        {
            return first;
        }

        try
        {
            var others = names.Skip(1).Select(name => parsed.OpenFile(name)).ToArray();
            return first with { Dataset = first.Dataset.Concat(others).WithName($"{first.Dataset.Name} and {others.Length} more") };
        }
        catch
        {
            await first.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The columns that the command line calls personal.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.ColumnNotFound"/>: one is not there, so that nothing is shown because of a typing error.
    /// </exception>
    public static async Task<IReadOnlyList<string>> PersonalColumnsAsync(
        this ParseResult parsed, Dataset dataset, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(PersonalColumns) is not { Length: > 0 } columns)
        {
            return [];
        }

        var schema = await dataset.GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        return [.. columns.Select(column => dataset.RequireColumn(schema, column).Name)];
    }

    /// <summary>The files that a pattern names, by name; anything else as it is.</summary>
    private static IEnumerable<string> Files(string text)
    {
        var pattern = Path.GetFileName(text);
        if (!pattern.AsSpan().ContainsAny('*', '?') || File.Exists(text))
        {
            return [text];
        }

        var folder = Path.GetDirectoryName(text) is { Length: > 0 } named ? named : ".";
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];
        return files.Length > 0
            ? files.Order(StringComparer.Ordinal)
            : throw new MlOpsException(ErrorCodes.FileNotFound, $"No file is named as '{text}' says.");
    }
}
