using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary>How files of text are to be read, where that is not to be found out.</summary>
internal static class CsvArguments
{
    private static readonly Option<char?> Delimiter = new("--delimiter")
    {
        Description = "CSV: what stands between cells, such as ';' or 'tab'; default: found out.",
        CustomParser = Character,
    };

    private static readonly Option<char?> Decimal = new("--decimal")
    {
        Description = "CSV: what stands before the decimals, '.' or ','; default: found out.",
        CustomParser = Character,
    };

    private static readonly Option<char?> Thousands = new("--thousands")
    {
        Description = "CSV: what stands between the thousands, such as '.' in 1.234,50; default: nothing.",
        CustomParser = Character,
    };

    private static readonly Option<Encoding?> Coding = new("--encoding")
    {
        Description = "CSV: the encoding, such as utf-8, windows-1252 or iso-8859-1; default: found out.",
        CustomParser = ToEncoding,
    };

    private static readonly Option<bool> NoHeader = new("--no-header")
    {
        Description = "CSV: the first line is a row; the columns are column1, column2, …",
    };

    private static readonly Option<string[]> TimeFormats = new("--time-format")
    {
        Description = "CSV: a form of times beside ISO 8601, such as dd.MM.yyyy; may be given again.",
    };

    private static readonly Option<string[]> Missing = new("--missing")
    {
        Description = "CSV: a cell that means 'no value' beside the empty one, such as NA; may be given again.",
    };

    private static readonly Option<KeyValuePair<string, CellType>[]> Types = new("--type")
    {
        Description = "CSV and JSON Lines: COLUMN=TYPE for a column that is not to be inferred; text, integer, number, boolean, time or date.",
        CustomParser = ToTypes,
    };

    private static readonly Option<bool> AllRows = new("--infer-all")
    {
        Description = "CSV and JSON Lines: infers types from all rows in place of the first 1,000.",
    };

    public static void AddTo(Command command)
    {
        foreach (var option in (ReadOnlySpan<Option>)[Delimiter, Decimal, Thousands, Coding, NoHeader, TimeFormats, Missing, Types, AllRows])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the command line says of CSV files.</summary>
    public static CsvOptions Csv(this ParseResult parsed) => new()
    {
        Delimiter = parsed.GetValue(Delimiter),
        DecimalSeparator = parsed.GetValue(Decimal),
        ThousandsSeparator = parsed.GetValue(Thousands),
        Encoding = parsed.GetValue(Coding),
        HasHeader = parsed.GetValue(NoHeader) ? false : null,
        TimeFormats = parsed.GetValue(TimeFormats) ?? [],
        MissingValues = parsed.GetValue(Missing) ?? [],
        Types = TypesOf(parsed),
        InferenceRows = parsed.GetValue(AllRows) ? CsvOptions.AllRows : new CsvOptions().InferenceRows,
    };

    /// <summary>What the command line says of JSON Lines files.</summary>
    public static JsonLinesOptions JsonLines(this ParseResult parsed) => new()
    {
        Types = TypesOf(parsed),
        InferenceRows = parsed.GetValue(AllRows) ? JsonLinesOptions.AllRows : new JsonLinesOptions().InferenceRows,
    };

    /// <summary>Whether something is said that only CSV files have: a file of another name is taken for one.</summary>
    public static bool SaysCsv(this ParseResult parsed) =>
        ((ReadOnlySpan<Option>)[Delimiter, Decimal, Thousands, Coding, NoHeader, TimeFormats, Missing]).ToArray()
        .Any(option => parsed.GetResult(option) is { Implicit: false });

    private static Dictionary<string, CellType> TypesOf(ParseResult parsed)
    {
        Dictionary<string, CellType> types = new(StringComparer.Ordinal);
        foreach (var (column, type) in parsed.GetValue(Types) ?? [])
        {
            types[column] = type;
        }

        return types;
    }

    private static char? Character(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        switch (text)
        {
            case "tab" or "\\t": return '\t';
            case { Length: 1 }: return text[0];
            default:
                result.AddError($"'{text}' is not one character; write 'tab' for a tab.");
                return null;
        }
    }

    private static Encoding? ToEncoding(ArgumentResult result)
    {
        var name = result.Tokens[0].Value;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            result.AddError($"There is no encoding '{name}'; common ones are utf-8, utf-16, windows-1252 and iso-8859-1.");
            return null;
        }
    }

    private static KeyValuePair<string, CellType>[] ToTypes(ArgumentResult result)
    {
        List<KeyValuePair<string, CellType>> types = [];
        foreach (var token in result.Tokens)
        {
            var (text, at) = (token.Value, token.Value.LastIndexOf('='));
            if (at < 1 || !Enum.TryParse<CellType>(text[(at + 1)..], ignoreCase: true, out var type) || !Enum.IsDefined(type))
            {
                var nearest = at < 1 ? null : NearestName.Of(text[(at + 1)..], Enum.GetNames<CellType>());
                result.AddError(
                    $"'{text}' is not COLUMN=TYPE; the types are text, integer, number, boolean, time and date"
                    + (nearest is null ? "." : $"; did you mean '{text[..at]}={nearest.ToLowerInvariant()}'?"));
                return [];
            }

            types.Add(new(text[..at], type));
        }

        return [.. types];
    }
}
