namespace MlOps.Data.Schemas;

/// <summary>How files call the kinds of columns.</summary>
internal static class ColumnKindNames
{
    public static string Of(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.Text => "text",
        ColumnKind.Boolean => "boolean",
        ColumnKind.Time => "time",
        _ => "other",
    };

    public static ColumnKind? Find(string name) => name switch
    {
        "number" => ColumnKind.Number,
        "text" => ColumnKind.Text,
        "boolean" => ColumnKind.Boolean,
        "time" => ColumnKind.Time,
        "other" => ColumnKind.Other,
        _ => null,
    };
}
