namespace MlOps.Data;

/// <summary>What kind of value a column holds, whatever its width or encoding.</summary>
public enum ColumnKind
{
    /// <summary>Whole and other numbers.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Timestamps and dates.</summary>
    Time,

    /// <summary>Anything else, such as binary.</summary>
    Other,
}
