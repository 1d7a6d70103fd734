using System.Text.RegularExpressions;

namespace MlOps.Data.Schemas;

/// <summary>Reads and writes schema files, with messages that say where one is wrong.</summary>
internal static class SchemaFile
{
    private const int Format = 1;
    private const string Personal = "personal";

    private static readonly SchemaJson Json = new(JsonFile.Options());

    public static byte[] Write(DataSchema schema)
    {
        var document = new SchemaDocument
        {
            Format = Format,
            Name = schema.Name,
            Columns =
            [
                .. schema.Columns.Select(column => new SchemaDocumentColumn
                {
                    Name = column.Name,
                    Type = ColumnKindNames.Of(column.Type),
                    MissingShare = column.MissingShare,
                    Minimum = column.Minimum,
                    Maximum = column.Maximum,
                    Values = column.Values,
                    MinLength = column.MinLength,
                    MaxLength = column.MaxLength,
                    Pattern = column.Pattern,
                    Unique = column.Unique ? true : null,
                    Earliest = column.Earliest,
                    Latest = column.Latest,
                    LessThan = column.LessThan,
                    Classification = column.Classification == DataClassification.Personal ? Personal : null,
                }),
            ],
        };
        return JsonFile.Bytes(document, Json.SchemaDocument);
    }

    public static DataSchema Read(ReadOnlyMemory<byte> bytes, string path)
    {
        var document = JsonFile.Read(
            bytes, Json.SchemaDocument, Format, $"The schema file '{path}'", ErrorCodes.InvalidConfiguration,
            "Correct it, or write it anew with DataSchema.Infer.");
        var schema = new DataSchema
        {
            Name = document.Name,
            Columns =
            [
                .. document.Columns.Select(column => new DataSchemaColumn
                {
                    Name = column.Name,
                    Type = KindOf(column, path),
                    MissingShare = column.MissingShare,
                    Minimum = column.Minimum,
                    Maximum = column.Maximum,
                    Values = column.Values,
                    MinLength = column.MinLength,
                    MaxLength = column.MaxLength,
                    Pattern = column.Pattern,
                    Unique = column.Unique ?? false,
                    Earliest = column.Earliest,
                    Latest = column.Latest,
                    LessThan = column.LessThan,
                    Classification = ClassificationOf(column, path),
                }),
            ],
        };
        Validate(schema, $"The schema file '{path}'");
        return schema;
    }

    public static void Validate(DataSchema schema, string where)
    {
        if (string.IsNullOrWhiteSpace(schema.Name))
        {
            throw Invalid($"{where} has no name: give it one.");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var column in schema.Columns)
        {
            var problem = column switch
            {
                { Name: var name } when string.IsNullOrWhiteSpace(name) => "has no name",
                _ when !names.Add(column.Name) => "is there twice",
                { MissingShare: not (>= 0 and <= 1) } => "has a missing_share outside 0 to 1",
                { Minimum: { } min, Maximum: { } max } when !(min <= max) => "has a minimum above its maximum",
                { Type: not ColumnKind.Number } when (column.Minimum ?? column.Maximum) is not null =>
                    "has a minimum or maximum, which only numbers have",
                { Type: not ColumnKind.Text } when (column.MinLength ?? column.MaxLength) is not null =>
                    "has a length, which only text has",
                { Type: not ColumnKind.Text, Pattern: not null } => "has a pattern, which only text has",
                { Pattern: { } pattern } when !IsExpression(pattern) => $"has the pattern '{pattern}', which is no regular expression",
                { Type: not ColumnKind.Time } when (column.Earliest ?? column.Latest) is not null =>
                    "has an earliest or latest time, which only times have",
                { Earliest: { } first, Latest: { } last } when first > last => "has an earliest time after its latest",
                { LessThan: { } other } when !schema.Columns.Any(candidate => candidate.Name == other) =>
                    $"is to be less than '{other}', which is no column here",
                { MinLength: < 0 } or { MaxLength: < 0 } => "has a length below 0",
                { MinLength: { } shortest, MaxLength: { } longest } when shortest > longest => "has a min_length above its max_length",
                _ => null,
            };
            if (problem is not null)
            {
                throw Invalid($"{where}: the column '{column.Name}' {problem}. Correct it there.");
            }
        }
    }

    private static ColumnKind KindOf(SchemaDocumentColumn column, string path) => ColumnKindNames.Find(column.Type)
        ?? throw Invalid($"The schema file '{path}': the column '{column.Name}' has the unknown type '{column.Type}'. The types are number, text, boolean, time and other.");

    private static DataClassification ClassificationOf(SchemaDocumentColumn column, string path) => column.Classification switch
    {
        null or "open" => DataClassification.Open,
        Personal => DataClassification.Personal,
        _ => throw Invalid($"The schema file '{path}': the column '{column.Name}' has the unknown classification '{column.Classification}'. It is open or personal."),
    };

    private static bool IsExpression(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static MlOpsException Invalid(string message, Exception? error = null) => new(ErrorCodes.InvalidConfiguration, message, error);
}
